using System.Buffers;
using Fib.Api.Snapshots;
using Fib.Api.Storage;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/current</c>: every distinct index with its term as text, from memory unless there are too many.</summary>
internal static class CurrentEndpoint
{
    /// <summary>Of up to a thousand digits each: what waits for a slow client stays small.</summary>
    private const int PageRows = 100;

    public static async Task GetCurrentAsync(HttpContext context, CurrentCache cache, CurrentReader reader, TimeProvider time, CancellationToken cancellationToken)
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
        WaitForTheClient(context);
        await current.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>In pages: a client that reads slowly holds no connection to the database.</summary>
    private static async Task WritePagesAsync(HttpContext context, CurrentReader reader, TimeProvider time)
    {
        var output = context.Response.BodyWriter;
        var (above, rows, isFirst) = (-1, PageRows, true);
        while (rows == PageRows)
        {
            var page = isFirst ? await ReadAsync(-1) : await LateReads.RepeatAsync(() => ReadAsync(above), time, context.RequestAborted);
            foreach (var entry in page)
            {
                output.Write(isFirst ? "{"u8 : ","u8);
                output.Write(CurrentJson.Item(entry));
                (above, isFirst) = (entry.Index, false);
            }

            rows = page.Count;
            WaitForTheClient(context);
            await output.FlushAsync(context.RequestAborted);
        }

        output.Write(isFirst ? "{}"u8 : "}"u8);
        await output.FlushAsync(context.RequestAborted);

        Task<List<CurrentEntry>> ReadAsync(int index) => reader.ReadAboveAsync(index, PageRows, context.RequestAborted).ToListAsync(context.RequestAborted).AsTask();
    }

    /// <summary>The store has answered: from here on only the client's pace counts.</summary>
    private static void WaitForTheClient(HttpContext context) => context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
}
