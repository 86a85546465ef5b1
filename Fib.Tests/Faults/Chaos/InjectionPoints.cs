using System.Net;

namespace Fib.Tests.Faults.Chaos;

/// <summary>The steps of processing an index at which a process is killed.</summary>
internal static class InjectionPoints
{
    public const string BeforeApiReads = "the gateway has forwarded the request, the api has not read it; the api is killed";
    public const string BeforeCommitGateway = "before the commit; the gateway is killed";
    public const string BeforeCommitApi = "before the commit; the api is killed";
    public const string BeforeCommitPostgres = "before the commit; PostgreSQL is killed";
    public const string BeforeAppend = "after the commit, before the append; the api is killed";
    public const string AfterAppend = "after the append; Redis is killed";
    public const string AfterAppendDataLoss = "after the append; Redis is killed and loses its data";
    public const string BeforeDigits = "after the term is computed, before its digits are stored; the worker is killed";
    public const string BeforeOutcome = "after the digits are stored, before the outcome is appended; the worker is killed";
    public const string BeforeRecord = "after the outcome is appended, before it is recorded; the api is killed";
    public const string BeforeAcknowledge = "after the outcome is recorded, before the acknowledgements; the worker and the api are killed";
}

/// <summary>The submission during which a process was killed.</summary>
/// <param name="Index">The submitted index, which no other test submits.</param>
/// <param name="Status">The status of the response; null if the connection broke.</param>
internal sealed record InjectionResult(int Index, HttpStatusCode? Status);
