using System.Diagnostics;
using Fib.Redis.Streams;
using StackExchange.Redis;

namespace Fib.Tests.Unit.Redis.Streams;

public sealed class StreamActivityTests : IDisposable
{
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public StreamActivityTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StreamActivity.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Add(activity),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void StartProcess_SeveralEntries_IsAChildOfTheFirstAppendWithLinksToTheOthers()
    {
        string[] traces = [CreateTrace(), CreateTrace(), CreateTrace()];
        var deliveries = traces.Append("").Select(trace => Deliver("1-0", trace)).ToArray();
        using var activity = StreamActivity.StartProcess("stream-p", "group", deliveries)!;
        Assert.Equal(("process stream-p", ActivityKind.Consumer, traces[0]), (activity.DisplayName, activity.Kind, activity.ParentId));
        Assert.Equal(traces[1..], activity.Links.Select(link => $"00-{link.Context.TraceId}-{link.Context.SpanId}-01"));
        Assert.Equal(4, activity.GetTagItem("messaging.batch.message_count"));
        Assert.Equal("group", activity.GetTagItem("messaging.consumer.group.name"));
    }

    [Theory]
    [InlineData("2000-0", 1_500, 2_001)]
    [InlineData("1000-0", 1_500, 1_500)]
    [InlineData("9000-0", 1_500, 3_000)]
    [InlineData("18446744073709551615-18446744073709551615", 1_500, 3_000)]
    public void AddReceive_StartsWithTheRead_OrWithALaterAppend(string id, long readStart, long spanStart)
    {
        StreamActivity.AddReceive(
            $"stream-{id}", "group", [Deliver(id, CreateTrace())],
            DateTimeOffset.FromUnixTimeMilliseconds(readStart), DateTimeOffset.FromUnixTimeMilliseconds(3_000));
        var activity = Assert.Single(_ended, activity => activity.DisplayName == $"receive stream-{id}");
        Assert.Equal((spanStart, 3_000), (Milliseconds(activity.StartTimeUtc), Milliseconds(activity.StartTimeUtc + activity.Duration)));
    }

    [Fact]
    public void GetTraceParent_ARequestThatIsNotRecorded_KeepsThatFlag()
    {
        var request = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        Assert.Equal($"00-{request.TraceId}-{request.SpanId}-00", StreamActivity.GetTraceParent(null, request));
    }

    private static string CreateTrace() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    private static StreamDelivery Deliver(string id, string trace) =>
        new(new StreamEntry(id, [new("index", "7"), new("traceparent", trace)]), 1);

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private void Add(Activity activity)
    {
        lock (_ended)
            _ended.Add(activity);
    }
}
