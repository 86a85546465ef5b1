using System.Diagnostics;
using Fib.Api.Storage;
using Fib.Core.Backlog;
using Fib.Core.Sequence;

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

    /// <summary>The recording of an outcome that a worker sent.</summary>
    public static Activity? StartRecording(OutcomeEntry outcome) =>
        ActivityContext.TryParse(outcome.TraceParent, null, isRemote: true, out var worker)
            ? Source.StartActivity($"process {BacklogKeys.Outcomes}", ActivityKind.Consumer, worker, DescribeStream("process", BacklogKeys.Outcomes, outcome.Index))
            : null;

    private static IEnumerable<KeyValuePair<string, object?>> DescribeStream(string operation, string stream, SequenceIndex index) =>
    [
        new("messaging.system", "redis"),
        new("messaging.operation.type", operation),
        new("messaging.destination.name", stream),
        new("fib.index", index.Value),
    ];
}
