using System.Diagnostics;
using Fib.Api;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Tests.Api;

public sealed class ApiActivityTests
{
    [Fact]
    public void StartRecording_SeveralOutcomes_IsTheChildOfTheFirstComputationAndLinkedToTheOthers()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Fib.Api",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        string[] traces = [.. Enumerable.Range(0, 3).Select(_ => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01")];
        var outcomes = traces.Append(null).Select((trace, n) =>
            new OutcomeEntry(new SequenceIndex(n), 1, "1", null, new StageTimes(null, null, DateTimeOffset.UnixEpoch), trace)).ToArray();

        using var activity = ApiActivity.StartRecording(outcomes)!;
        Assert.Equal(traces[0], activity.ParentId);
        Assert.Equal(traces[1..], activity.Links.Select(link => $"00-{link.Context.TraceId}-{link.Context.SpanId}-01"));
        Assert.Equal(4, activity.GetTagItem("messaging.batch.message_count"));
        Assert.Equal("process", activity.GetTagItem("messaging.operation.name"));
    }
}
