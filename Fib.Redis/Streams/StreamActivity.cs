using System.Diagnostics;
using Fib.Redis.Backlog;
using StackExchange.Redis;

namespace Fib.Redis.Streams;

/// <summary>The spans of work with streams; names, kinds and tags follow OpenTelemetry's semantic conventions for messaging.</summary>
public static class StreamActivity
{
    /// <summary>The source to listen to.</summary>
    public const string SourceName = "Fib.Redis";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>An append on behalf of a request, or of what is current where there is none.</summary>
    public static Activity? StartSend(string stream, ActivityContext request) => Source.StartActivity($"send {stream}", ActivityKind.Producer, request, Describe("send", stream));

    /// <summary>The trace context for an entry's fields: that of its append, also where that is not recorded. Null where nothing is.</summary>
    public static string? GetTraceParent(Activity? send, ActivityContext request)
    {
        if (!Source.HasListeners())
            return null;
        var context = send?.Context ?? (request != default ? request : Activity.Current?.Context ?? default);
        return context == default ? null : $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";
    }

    /// <summary>The handling of entries: the child of the first one's append, linked to those of the others.</summary>
    public static Activity? StartProcess(string stream, string group, IReadOnlyList<StreamDelivery> deliveries) =>
        Start("process", ActivityKind.Consumer, stream, group, deliveries, default);

    /// <summary>A read that found entries. One that finds none is the poll of an idle consumer.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="group">The consumer group.</param>
    /// <param name="deliveries">What was read.</param>
    /// <param name="begun">When the read began; the span begins with the first entry's append where that came later.</param>
    /// <param name="now">When it ended.</param>
    internal static void AddReceive(string stream, string group, IReadOnlyList<StreamDelivery> deliveries, DateTimeOffset begun, DateTimeOffset now)
    {
        if (!Source.HasListeners())
            return;
        // The id's time has milliseconds, and may be by another clock or of another make.
        var appended = Math.Min(StreamEntryId.Parse(deliveries[0].Entry.Id).Milliseconds, (ulong)now.ToUnixTimeMilliseconds() - 1) + 1;
        var start = DateTimeOffset.FromUnixTimeMilliseconds((long)appended);
        Start("receive", ActivityKind.Client, stream, group, deliveries, start > begun ? start : begun)?.SetEndTime(now.UtcDateTime).Dispose();
    }

    /// <summary>The acknowledgement of entries, as a part of their handling.</summary>
    internal static Activity? StartSettle(string stream, string group, int count) =>
        Source.StartActivity($"settle {stream}", ActivityKind.Client, default(ActivityContext), Describe("settle", stream, group, count));

    private static Activity? Start(string operation, ActivityKind kind, string stream, string group, IReadOnlyList<StreamDelivery> deliveries, DateTimeOffset begun)
    {
        if (!Source.HasListeners())
            return null;
        var appends = deliveries.Select(ReadContext).OfType<ActivityContext>().ToArray();
        return Source.StartActivity(
            $"{operation} {stream}", kind, appends.FirstOrDefault(), Describe(operation, stream, group, deliveries.Count),
            appends.Skip(1).Select(append => new ActivityLink(append)), begun);
    }

    private static ActivityContext? ReadContext(StreamDelivery delivery) =>
        ActivityContext.TryParse(delivery.Entry[TraceField.Name], null, isRemote: true, out var context) ? context : null;

    private static IEnumerable<KeyValuePair<string, object?>> Describe(string operation, string stream) =>
    [
        new("messaging.system", "redis"),
        new("messaging.operation.type", operation),
        new("messaging.operation.name", operation),
        new("messaging.destination.name", stream),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> Describe(string operation, string stream, string group, int count) =>
    [
        .. Describe(operation, stream),
        new("messaging.consumer.group.name", group),
        new("messaging.batch.message_count", count),
    ];
}
