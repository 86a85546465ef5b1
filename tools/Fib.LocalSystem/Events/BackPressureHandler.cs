using System.Net;

namespace Fib.LocalSystem.Events;

/// <summary>Repeats a request after each 503 response with <c>Retry-After</c>, which a busy system sends.</summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="maxAttempts">How often a request is sent at most; the last response is returned, whatever it is.</param>
internal sealed class BackPressureHandler(HttpMessageHandler inner, int maxAttempts = int.MaxValue) : DelegatingHandler(inner)
{
    private int _rejections;

    /// <summary>The number of such responses so far.</summary>
    public int Rejections => _rejections;

    /// <summary>After how long a busy system wants the request again; null for any other response.</summary>
    public static TimeSpan? FindDelay(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.ServiceUnavailable ? response.Headers.RetryAfter?.Delta : null;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (FindDelay(response) is not { } delay || attempt == maxAttempts)
                return response;
            response.Dispose();
            Interlocked.Increment(ref _rejections);
            await Task.Delay(delay, cancellationToken);
        }
    }
}
