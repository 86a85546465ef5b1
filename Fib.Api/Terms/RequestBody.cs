using System.Buffers;
using Fib.ServiceDefaults.Http;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary>Reads a request's body whole.</summary>
internal static class RequestBody
{
    /// <summary>The largest body that is read.</summary>
    public const int MaxBytes = 100 * 1024;

    /// <summary>Whether the body is JSON in UTF-8 that is not compressed.</summary>
    public static bool IsPlainJson(this HttpRequest request) =>
        request.HasJsonContentType() && !request.Headers.GetCommaSeparatedValues(HeaderNames.ContentEncoding).Any(IsCompression) && request.IsUtf8();

    private static bool IsCompression(string encoding) => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body, or null where it is larger than <see cref="MaxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">The request is broken in another way.</exception>
    public static async Task<byte[]?> ReadWholeBodyAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var body = await request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, cancellationToken);
            var bytes = body.Buffer.ToArray();
            request.BodyReader.AdvanceTo(body.Buffer.End);
            return bytes;
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }
}
