using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fib.Api.Storage;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/current</c>: every distinct index with its term as text.</summary>
internal static class CurrentEndpoint
{
    private const int FlushBytes = 32 * 1024;
    private const string Pending = "Nothing yet!";
    private const string Failed = "Failed";

    // The ellipsis of a shortened term stays readable; the content type keeps browsers from taking it for HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task GetCurrentAsync(HttpContext context, SubmissionReader reader, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        // Not disposed: after a failure that would put its rest before the problem details.
        var json = new Utf8JsonWriter(context.Response.BodyWriter, Readable);
        json.WriteStartObject();
        await foreach (var (index, outcome) in reader.ReadOutcomesAsync(cancellationToken))
        {
            json.WriteString(index.ToString(CultureInfo.InvariantCulture), outcome switch { null => Pending, { Reason: not null } => Failed, _ => outcome.Preview });
            if (json.BytesPending < FlushBytes)
                continue;
            context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
            await json.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
