using System.Text.Json;
using Fib.Api.Terms;

namespace Fib.Api.Events;

/// <summary>Something that happened to an index; the id is its place in the one order that PostgreSQL keeps.</summary>
/// <param name="Id">Increases with every commit.</param>
/// <param name="Type">The event's name on the wire.</param>
/// <param name="Data">One line of JSON.</param>
internal sealed record SequenceEvent(long Id, string Type, string Data)
{
    public static SequenceEvent Accepted(long id, int index, DateTime at) =>
        new(id, "accepted", JsonSerializer.Serialize(new AcceptedEvent(id, index, at), ApiJson.Default.AcceptedEvent));

    public static SequenceEvent Computed(long id, int index, int digits, string preview, DateTime at) =>
        new(id, "computed", JsonSerializer.Serialize(new ComputedEvent(index, digits, preview, at), ApiJson.Default.ComputedEvent));

    public static SequenceEvent Failed(long id, int index, string reason) =>
        new(id, "failed", JsonSerializer.Serialize(new FailedEvent(index, reason), ApiJson.Default.FailedEvent));
}

/// <summary>A submission was stored.</summary>
internal sealed record AcceptedEvent(long Id, int Index, DateTime AcceptedAt);

/// <summary>A term is there.</summary>
internal sealed record ComputedEvent(int Index, int Digits, string Term, DateTime ComputedAt);

/// <summary>A term cannot be computed.</summary>
internal sealed record FailedEvent(int Index, string Reason);
