namespace Fib.Gateway;

/// <summary>
/// Reads a short request body before it sends anything. YARP sends the head of a request on its own, whatever follows, and a
/// submission is then two packets for the api to wake up for. Nor does a slow sender hold a connection to the api meanwhile.
/// </summary>
internal sealed class ShortBodyHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>The most bytes of a body that is read first: what HttpClient's buffer of 4 KiB has room for after a common head.</summary>
    private const int MaxBytes = 3 * 1024;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Content is { Headers.ContentLength: > 0 and <= MaxBytes } content
            ? SendTogetherAsync(request, content, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendTogetherAsync(HttpRequestMessage request, HttpContent content, CancellationToken cancellationToken)
    {
        await content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
