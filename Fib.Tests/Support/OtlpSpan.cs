namespace Fib.Tests.Support;

/// <summary>One exported span.</summary>
/// <param name="Service">The <c>service.name</c> of the process.</param>
/// <param name="Source">The activity source.</param>
/// <param name="Kind">1 internal, 2 server, 3 client, 4 producer, 5 consumer.</param>
/// <param name="Links">The ids of linked spans.</param>
/// <param name="IsError">Whether its status is Error.</param>
internal sealed record OtlpSpan(
    string Service, string Source, string TraceId, string SpanId, string ParentId, string Name, int Kind,
    IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links, bool IsError);
