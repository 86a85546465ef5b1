using System.Diagnostics;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Api;

/// <summary>The api's own spans; names follow OpenTelemetry's conventions for messaging.</summary>
internal static class ApiActivity
{
    private static readonly ActivitySource Source = new("Fib.Api");

    /// <summary>One commit for many requests: the child of the first, linked to the others.</summary>
    public static Activity? StartCommit(IReadOnlyList<PendingSubmission> submissions) =>
        Source.HasListeners()
            ? Source.StartActivity("commit submissions", ActivityKind.Internal, submissions[0].Trace, links: submissions.Skip(1).Select(submission => new ActivityLink(submission.Trace)))
            : null;

    /// <summary>An append to the backlog on behalf of a request.</summary>
    public static Activity? StartAppend(SequenceIndex index, ActivityContext request) =>
        Source.StartActivity($"send {BacklogKeys.StreamOf(index)}", ActivityKind.Producer, request, DescribeStream("send", BacklogKeys.StreamOf(index), index));

    /// <summary>The recording of outcomes that workers sent: the child of the first computation, linked to the others.</summary>
    public static Activity? StartRecording(IReadOnlyList<OutcomeEntry> outcomes)
    {
        if (!Source.HasListeners())
            return null;
        var computations = outcomes.Select(ReadContext).OfType<ActivityContext>().ToArray();
        var activity = Source.StartActivity(
            $"process {BacklogKeys.Outcomes}", ActivityKind.Consumer, computations.FirstOrDefault(),
            DescribeStream("process", BacklogKeys.Outcomes, outcomes[0].Index), computations.Skip(1).Select(context => new ActivityLink(context)));
        return outcomes.Count > 1 ? activity?.SetTag("messaging.batch.message_count", outcomes.Count) : activity;
    }

    private static ActivityContext? ReadContext(OutcomeEntry outcome) =>
        ActivityContext.TryParse(outcome.TraceParent, null, isRemote: true, out var context) ? context : null;

    private static IEnumerable<KeyValuePair<string, object?>> DescribeStream(string operation, string stream, SequenceIndex index) =>
    [
        new("messaging.system", "redis"),
        new("messaging.operation.type", operation),
        new("messaging.operation.name", operation),
        new("messaging.destination.name", stream),
        new("fib.index", index.Value),
    ];
}
