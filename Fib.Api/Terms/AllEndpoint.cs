using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using Fib.Api.Storage;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/all</c>: streamed, with an entity tag, because the history grows without bound.</summary>
internal static class AllEndpoint
{
    private const int FlushBytes = 32 * 1024;

    public static async Task GetAllAsync(HttpContext context, SubmissionReader reader, CancellationToken cancellationToken)
    {
        var lastId = await reader.GetLastIdAsync(cancellationToken);
        if (context.TryAnswerNotModified(new EntityTagHeaderValue($"\"{lastId}\"")))
            return;

        context.Response.ContentType = "application/json; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await WriteAsync(context, reader.ReadIndexesAsync(lastId, cancellationToken));
    }

    private static async Task WriteAsync(HttpContext context, IAsyncEnumerable<int> indexes)
    {
        var output = context.Response.BodyWriter;
        var separator = (byte)'[';
        await foreach (var index in indexes)
        {
            WriteItem(output, separator, index);
            separator = (byte)',';
            if (output.UnflushedBytes < FlushBytes)
                continue;
            // The store has answered: from here on only the client's pace counts.
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
            await output.FlushAsync(context.RequestAborted);
        }

        output.Write(separator == (byte)'[' ? "[]"u8 : "]"u8);
    }

    private static void WriteItem(PipeWriter output, byte separator, int index)
    {
        var name = "{\"number\":"u8;
        var buffer = output.GetSpan(name.Length + 16);
        buffer[0] = separator;
        name.CopyTo(buffer[1..]);
        Utf8Formatter.TryFormat(index, buffer[(1 + name.Length)..], out var digits);
        buffer[1 + name.Length + digits] = (byte)'}';
        output.Advance(name.Length + digits + 2);
    }
}
