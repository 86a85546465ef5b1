using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fib.ServiceDefaults.Http;

/// <summary>The type and the charset of a request body.</summary>
public static class RequestCharset
{
    /// <summary>Whether the body is JSON in UTF-8, by its content type.</summary>
    public static bool IsJsonInUtf8(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        // To parse the usual values would cost more than the rest of what is checked.
        return request.ContentType is "application/json" or "application/json; charset=utf-8"
            || (request.HasJsonContentType() && request.IsUtf8());
    }

    /// <summary>Whether the body is in UTF-8, which is the default without a charset. The request must have a content type.</summary>
    public static bool IsUtf8(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var charset = HeaderUtilities.RemoveQuotes(request.GetTypedHeaders().ContentType!.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
