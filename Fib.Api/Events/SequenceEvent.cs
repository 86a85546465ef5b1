using System.Text.Json;
using Fib.Api.Terms;

namespace Fib.Api.Events;

/// <summary>Something that happened to an index; the id is its place in the one order that PostgreSQL keeps.</summary>
/// <param name="Id">Increases with every commit; null for what passes and is not stored.</param>
/// <param name="Type">The event's name on the wire.</param>
/// <param name="Data">One line of JSON.</param>
internal sealed record SequenceEvent(long? Id, string Type, string Data)
{
    public static SequenceEvent Accepted(long id, AcceptedEvent data) => new(id, "accepted", JsonSerializer.Serialize(data, ApiJson.Default.AcceptedEvent));

    public static SequenceEvent Computed(long id, ComputedEvent data) => new(id, "computed", JsonSerializer.Serialize(data, ApiJson.Default.ComputedEvent));

    public static SequenceEvent Failed(long id, FailedEvent data) => new(id, "failed", JsonSerializer.Serialize(data, ApiJson.Default.FailedEvent));

    public static SequenceEvent Progress(ProgressEvent data) => new(null, "progress", JsonSerializer.Serialize(data, ApiJson.Default.ProgressEvent));
}

/// <summary>A submission was stored; times that are null were not kept by an earlier version.</summary>
internal sealed record AcceptedEvent(long Id, int Index, DateTime? ReceivedAt, DateTime AcceptedAt);

/// <summary>A term is there; times that are null were not kept by an earlier version.</summary>
internal sealed record ComputedEvent(int Index, int Digits, string Term, DateTime? QueuedAt, DateTime? StartedAt, DateTime ComputedAt);

/// <summary>A large term is being computed; percent of the work.</summary>
internal sealed record ProgressEvent(int Index, int Percent);

/// <summary>A term cannot be computed.</summary>
internal sealed record FailedEvent(int Index, string Reason);
