using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Fib.Api.Snapshots;
using Fib.Api.Storage;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/all</c>: from memory as far as that goes, then streamed, with an entity tag, because the history grows without bound.</summary>
internal static class AllEndpoint
{
    private const int PageRows = 2_000;

    public static async Task GetAllAsync(HttpContext context, HistoryCache cache, HistoryReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var history = await cache.GetAsync(cancellationToken);
        if (context.TryAnswerNotModified(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{history.NewestId}\""))))
            return;

        var end = history.NewestId == 0 ? "[]"u8.ToArray() : "]"u8.ToArray();
        context.Response.ContentType = "application/json; charset=utf-8";
        if (history.IsWhole)
            context.Response.ContentLength = history.Text.Length + end.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        // The store has answered: from here on only the client's pace counts.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var output = context.Response.BodyWriter;
        await history.Text.WriteAsync(output, context.RequestAborted);
        if (!history.IsWhole)
            await WriteRestAsync(output, reader, history, time, context.RequestAborted);
        output.Write(end);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>In pages: a client that reads slowly holds no connection to the database.</summary>
    private static async Task WriteRestAsync(PipeWriter output, HistoryReader reader, HistorySnapshot history, TimeProvider time, CancellationToken cancellationToken)
    {
        var (last, isFirst) = (history.LastId, history.LastId == 0);
        while (last < history.NewestId)
        {
            var before = last;
            var page = await LateReads.RepeatAsync(() => reader.ReadFromAsync(before + 1, PageRows, cancellationToken).ToListAsync(cancellationToken).AsTask(), time, cancellationToken);
            foreach (var entry in page)
            {
                last = entry.Id;
                if (last > history.NewestId)
                    return;
                output.Advance(HistoryJson.WriteItem(output.GetSpan(HistoryJson.MaxItemBytes), entry.Index, isFirst));
                isFirst = false;
            }

            // An answer that breaks off is better than one that seems whole.
            if (last == before)
                throw new StoreAwayException("The history was replaced while it was read.");
            await output.FlushAsync(cancellationToken);
        }
    }
}
