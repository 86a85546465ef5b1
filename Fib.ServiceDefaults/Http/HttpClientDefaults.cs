using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Fib.ServiceDefaults.Http;

/// <summary>Clients of other services: found by name, and called once more where that is safe.</summary>
public static class HttpClientDefaults
{
    /// <summary>A replica that takes longer is given up, and another one asked.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Resolves service names such as <c>http://api</c> to every replica of <c>services__api__http__{n}</c>, in turn, and tries
    /// another replica where one cannot be reached. Not part of the defaults of every service: those that call no other would start more slowly.
    /// </summary>
    public static WebApplicationBuilder AddHttpClientDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(Configure);
            http.AddServiceDiscovery();
        });
        return builder;
    }

    private static void Configure(HttpStandardResilienceOptions resilience)
    {
        resilience.AttemptTimeout.Timeout = AttemptTimeout;
        (resilience.Retry.MaxRetryAttempts, resilience.Retry.Delay) = (2, TimeSpan.FromMilliseconds(50));
        resilience.Retry.ShouldHandle = outcome => ValueTask.FromResult(MayTryAgain(outcome.Outcome.Exception, outcome.Context.GetRequestMessage()));
        // It counts over all replicas, so that a dead one would keep requests from the others.
        resilience.CircuitBreaker.ShouldHandle = _ => PredicateResult.False();
    }

    /// <summary>An answer, 503 too, is the same from every replica. A POST is not sent again unless no connection was made.</summary>
    private static bool MayTryAgain(Exception? failure, HttpRequestMessage? request) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        // The connect timeout of the handler.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpRequestException or TimeoutRejectedException => request?.Method == HttpMethod.Get || request?.Method == HttpMethod.Head,
        _ => false,
    };
}
