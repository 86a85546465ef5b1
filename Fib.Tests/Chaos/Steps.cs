namespace Fib.Tests.Chaos;

/// <summary>The steps of an index's journey, and what is killed there.</summary>
internal static class Steps
{
    public const string ApiHasNotRead = "the gateway has passed it on; the api is killed before it reads it";
    public const string GatewayGone = "before the commit; the gateway is killed";
    public const string ApiBeforeCommit = "before the commit; the api is killed";
    public const string PostgresBeforeCommit = "before the commit; PostgreSQL is killed";
    public const string BeforeAppend = "after the commit, before the append; the api is killed";
    public const string AfterAppend = "after the append; Redis is killed";
    public const string AfterAppendEmptied = "after the append; Redis is killed and loses its data";
    public const string Computing = "while it is computed; the worker is killed";
    public const string BeforeOutcome = "after its digits are stored, before its outcome is sent; the worker is killed";
    public const string BeforeRecord = "after its outcome is sent, before it is recorded; the api is killed";
    public const string BeforeAcknowledge = "after it is recorded, before the acknowledgements; the worker and the api are killed";
}
