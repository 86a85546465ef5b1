using System.Diagnostics;
using Fib.Api.Storage;

namespace Fib.Api;

/// <summary>The api's own spans.</summary>
internal static class ApiActivity
{
    private static readonly ActivitySource Source = new("Fib.Api");

    /// <summary>One commit for many requests: the child of the first, linked to the others.</summary>
    public static Activity? StartCommit(IReadOnlyList<PendingSubmission> submissions) =>
        Source.HasListeners()
            ? Source.StartActivity("commit submissions", ActivityKind.Internal, submissions[0].Trace, links: submissions.Skip(1).Select(submission => new ActivityLink(submission.Trace)))
                ?.SetTag("fib.submissions", submissions.Count)
            : null;
}
