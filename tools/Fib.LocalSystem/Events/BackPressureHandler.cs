using System.Net;

namespace Fib.LocalSystem.Events;

/// <summary>Sends again what a busy system has refused, as its answer asks: 503 with <c>Retry-After</c> is no failure, only slowness.</summary>
internal sealed class BackPressureHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private int _refusals;

    /// <summary>How many answers were such refusals.</summary>
    public int Refusals => _refusals;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || answer.Headers.RetryAfter?.Delta is not { } pause)
                return answer;
            answer.Dispose();
            Interlocked.Increment(ref _refusals);
            await Task.Delay(pause, cancellationToken);
        }
    }
}
