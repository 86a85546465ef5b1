using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fib.ServiceDefaults.Http;

/// <summary>The charset of a request body.</summary>
public static class RequestCharset
{
    /// <summary>Whether the body is in UTF-8, which is the default without a charset. The request must have a content type.</summary>
    public static bool IsUtf8(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var charset = HeaderUtilities.RemoveQuotes(request.GetTypedHeaders().ContentType!.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
