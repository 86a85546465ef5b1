using System.Buffers;
using Fib.Api.Database;

namespace Fib.Api.Listings;

/// <summary><c>GET /values/current</c>: every distinct index with its term as text, from the cache unless there are too many.</summary>
internal static class CurrentTerms
{
    /// <summary>Of up to a thousand digits each, so that the buffer of a slow client stays small.</summary>
    private const int PageRows = 100;

    public static async Task GetAsync(
        HttpContext context, CurrentTermsCache cache, CurrentTermsReader reader, TimeProvider time, CancellationToken cancellationToken)
    {
        var current = await cache.GetAsync(cancellationToken);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = current?.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        if (current is null)
            await WritePagesAsync(context, reader, time);
        else
            await WriteAsync(context, current);
    }

    private static async Task WriteAsync(HttpContext context, TextSnapshot current)
    {
        context.DisableStoreTimeout();
        await current.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Reads in pages, so that a slow client holds no database connection.</summary>
    private static async Task WritePagesAsync(HttpContext context, CurrentTermsReader reader, TimeProvider time)
    {
        var output = context.Response.BodyWriter;
        var (above, rows, isFirst) = (-1, PageRows, true);
        while (rows == PageRows)
        {
            var page = isFirst ? await ReadAsync(-1) : await ReadRetry.RepeatAsync(() => ReadAsync(above), time, context.RequestAborted);
            foreach (var term in page)
            {
                output.Write(isFirst ? "{"u8 : ","u8);
                output.Write(CurrentTermsTable.WriteItem(term));
                (above, isFirst) = (term.Index, false);
            }

            rows = page.Count;
            context.DisableStoreTimeout();
            await output.FlushAsync(context.RequestAborted);
        }

        output.Write(isFirst ? "{}"u8 : "}"u8);
        await output.FlushAsync(context.RequestAborted);

        Task<List<CurrentTerm>> ReadAsync(int index) =>
            reader.ReadAboveAsync(index, PageRows, context.RequestAborted).ToListAsync(context.RequestAborted).AsTask();
    }
}
