using System.Net;

namespace Fib.LocalSystem.Events;

/// <summary>Repeats a request after each 503 response with <c>Retry-After</c>, which a busy system sends.</summary>
internal sealed class BackPressureHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int _rejections;

    /// <summary>The number of such responses so far.</summary>
    public int Rejections => _rejections;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || response.Headers.RetryAfter?.Delta is not { } delay)
                return response;
            response.Dispose();
            Interlocked.Increment(ref _rejections);
            await Task.Delay(delay, cancellationToken);
        }
    }
}
