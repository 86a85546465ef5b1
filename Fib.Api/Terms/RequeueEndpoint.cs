using System.Diagnostics;
using Fib.Api.Backlog;
using Fib.Api.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Fib.Api.Terms;

/// <summary><c>POST /values/requeue</c>: every failed index is tried again.</summary>
internal static class RequeueEndpoint
{
    public static async Task<Ok<RequeueResponse>> RequeueAsync(
        HttpContext context, FailedTerms failed, DeadLetterReader letters, BacklogAppender appender, CancellationToken cancellationToken)
    {
        // First, so that nothing is changed while Redis is away.
        var known = await letters.ReadAsync(cancellationToken);
        var (requeued, last) = (0, -1);
        while (true)
        {
            var indexes = await failed.RetryAsync(last, CancellationToken.None).WaitAsync(cancellationToken);
            foreach (var index in indexes)
                _ = appender.AppendAsync(index, Activity.Current?.Context ?? default);
            await letters.RemoveAsync([.. indexes.SelectMany(index => known[index])], cancellationToken);
            requeued += indexes.Count;
            if (indexes.Count < FailedTerms.MaxTogether)
                return TypedResults.Ok(new RequeueResponse(requeued));
            last = indexes[^1].Value;
            // The stores answer: from here on it takes what it takes.
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        }
    }
}
