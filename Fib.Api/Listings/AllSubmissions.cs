using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Fib.Api.Database;
using Fib.Api.Http;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Listings;

/// <summary>
/// <c>GET /values/all</c>: the index of every submission. Sends what the cache holds and streams the rest, with an entity tag,
/// because the list grows without bound.
/// </summary>
internal static class AllSubmissions
{
    private const int PageRows = 2_000;

    public static async Task GetAsync(
        HttpContext context, AllSubmissionsCache cache, AllSubmissionsReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = await cache.GetAsync(cancellationToken);
        if (context.TryAnswerNotModified(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{all.NewestId}\""))))
            return;

        var end = all.NewestId == 0 ? "[]"u8.ToArray() : "]"u8.ToArray();
        context.Response.ContentType = "application/json; charset=utf-8";
        if (all.IsComplete)
            context.Response.ContentLength = all.Text.Length + end.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        context.DisableStoreTimeout();
        var output = context.Response.BodyWriter;
        await all.Text.WriteAsync(output, context.RequestAborted);
        if (!all.IsComplete)
            await WriteRestAsync(output, reader, all, time, context.RequestAborted);
        output.Write(end);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>Reads in pages, so that a slow client holds no database connection.</summary>
    private static async Task WriteRestAsync(
        PipeWriter output, AllSubmissionsReader reader, AllSubmissionsSnapshot all, TimeProvider time, CancellationToken cancellationToken)
    {
        var (last, isFirst) = (all.LastId, all.LastId == 0);
        while (last < all.NewestId)
        {
            var before = last;
            var page = await ReadRetry.RepeatAsync(
                () => reader.ReadFromAsync(before + 1, PageRows, cancellationToken).ToListAsync(cancellationToken).AsTask(),
                time, cancellationToken);
            foreach (var submission in page)
            {
                last = submission.Id;
                if (last > all.NewestId)
                    return;
                var item = output.GetSpan(AllSubmissionsCache.MaxItemBytes);
                output.Advance(AllSubmissionsCache.WriteItem(item, submission.Index, isFirst));
                isFirst = false;
            }

            // A response that breaks off is better than one that seems complete.
            if (last == before)
                throw new StoreUnavailableException("The submissions were replaced while they were read.");
            await output.FlushAsync(cancellationToken);
        }
    }
}
