using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fib.ServiceDefaults.Http;

/// <summary>What a request says of the encoding of its body.</summary>
public static class RequestCharset
{
    /// <summary>Whether the body of a request that has a content type is in UTF-8, as it is where no charset is named.</summary>
    public static bool IsUtf8(this HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var charset = HeaderUtilities.RemoveQuotes(request.GetTypedHeaders().ContentType!.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
