using System.Text.Json;
using Fib.Api.Http;
using Fib.Core.Contracts;

namespace Fib.Api.Events;

/// <summary>An event of an index. The id is its position in the order that PostgreSQL keeps.</summary>
/// <param name="Id">Increases with every commit; null for progress, which is not stored.</param>
/// <param name="Type">The event's name in the stream.</param>
/// <param name="Data">One line of JSON.</param>
internal sealed record SequenceEvent(long? Id, string Type, string Data)
{
    public static SequenceEvent Accepted(long id, AcceptedEvent data) =>
        new(id, "accepted", JsonSerializer.Serialize(data, ApiJson.Default.AcceptedEvent));

    public static SequenceEvent Computed(long id, ComputedEvent data) =>
        new(id, "computed", JsonSerializer.Serialize(data, ApiJson.Default.ComputedEvent));

    public static SequenceEvent Failed(long id, FailedEvent data) =>
        new(id, "failed", JsonSerializer.Serialize(data, ApiJson.Default.FailedEvent));

    public static SequenceEvent Progress(ProgressEvent data) =>
        new(null, "progress", JsonSerializer.Serialize(data, ApiJson.Default.ProgressEvent));
}
