using System.Diagnostics;

namespace Fib.Redis.Streams;

/// <summary>The spans of stream operations. Names, kinds and tags follow OpenTelemetry's semantic conventions for messaging.</summary>
public static class StreamActivity
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "Fib.Redis";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts the span of an append. Its parent is the request, or the current activity if that is default.</summary>
    public static Activity? StartSend(string stream, ActivityContext request) =>
        Source.StartActivity($"send {stream}", ActivityKind.Producer, request, CreateTags("send", stream));

    /// <summary>
    /// The W3C trace context for an entry's fields: of the append, else of the request, else of the current activity, recorded or
    /// not. Null if there is none, or if nothing listens to the source.
    /// </summary>
    public static string? GetTraceParent(Activity? send, ActivityContext request)
    {
        if (!Source.HasListeners())
            return null;
        var context = send?.Context ?? (request != default ? request : Activity.Current?.Context ?? default);
        var flags = context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00";
        return context == default ? null : $"00-{context.TraceId}-{context.SpanId}-{flags}";
    }

    /// <summary>Starts the span of the handling of entries: a child of the first entry's append, with links to the other appends.</summary>
    public static Activity? StartProcess(string stream, string group, IReadOnlyList<StreamDelivery> deliveries) =>
        Start("process", ActivityKind.Consumer, stream, group, deliveries, default);

    /// <summary>Adds the span of a read that returned entries. An empty read, the poll of an idle consumer, has no span.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="group">The consumer group.</param>
    /// <param name="deliveries">The entries, at least one.</param>
    /// <param name="start">When the read started; the span starts at the first entry's append if that is later.</param>
    /// <param name="end">When the read ended.</param>
    internal static void AddReceive(
        string stream, string group, IReadOnlyList<StreamDelivery> deliveries, DateTimeOffset start, DateTimeOffset end)
    {
        if (!Source.HasListeners())
            return;
        // The id's time is in whole milliseconds and of another clock, or the producer chose it, so it is limited by the end.
        var milliseconds = Math.Min(StreamEntryId.Parse(deliveries[0].Entry.Id).Milliseconds, (ulong)end.ToUnixTimeMilliseconds() - 1) + 1;
        var appended = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        var spanStart = appended > start ? appended : start;
        Start("receive", ActivityKind.Client, stream, group, deliveries, spanStart)?.SetEndTime(end.UtcDateTime).Dispose();
    }

    /// <summary>Starts the span of the acknowledgement of entries, a child of the current activity.</summary>
    internal static Activity? StartSettle(string stream, string group, int count) =>
        Source.StartActivity($"settle {stream}", ActivityKind.Client, default(ActivityContext), CreateTags("settle", stream, group, count));

    private static Activity? Start(
        string operation, ActivityKind kind, string stream, string group, IReadOnlyList<StreamDelivery> deliveries, DateTimeOffset start)
    {
        if (!Source.HasListeners())
            return null;
        var appends = deliveries.Select(ReadContext).OfType<ActivityContext>().ToArray();
        return Source.StartActivity(
            $"{operation} {stream}", kind, appends.FirstOrDefault(), CreateTags(operation, stream, group, deliveries.Count),
            appends.Skip(1).Select(append => new ActivityLink(append)), start);
    }

    private static ActivityContext? ReadContext(StreamDelivery delivery) =>
        ActivityContext.TryParse(delivery.Entry[StreamFields.TraceParent], null, isRemote: true, out var context) ? context : null;

    private static IEnumerable<KeyValuePair<string, object?>> CreateTags(string operation, string stream) =>
    [
        new("messaging.system", "redis"),
        new("messaging.operation.type", operation),
        new("messaging.operation.name", operation),
        new("messaging.destination.name", stream),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> CreateTags(string operation, string stream, string group, int count) =>
    [
        .. CreateTags(operation, stream),
        new("messaging.consumer.group.name", group),
        new("messaging.batch.message_count", count),
    ];
}
