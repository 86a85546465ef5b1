using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>The headers that YARP would send with a service's response, except the length of the body.</summary>
internal sealed class ResponseHeaders
{
    private readonly KeyValuePair<string, StringValues>[] _headers;

    private ResponseHeaders(IHeaderDictionary headers) => _headers = [.. headers];

    /// <summary>Copies them from a response.</summary>
    public static async Task<ResponseHeaders> CopyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var target = new DefaultHttpContext().Response;
        await HttpTransformer.Default.TransformResponseAsync(target.HttpContext, response, cancellationToken);
        target.ContentLength = null;
        return new ResponseHeaders(target.Headers);
    }

    /// <summary>Adds them to the response to a client.</summary>
    public void AddTo(HttpResponse target)
    {
        foreach (var (name, values) in _headers)
            target.Headers[name] = values;
    }
}
