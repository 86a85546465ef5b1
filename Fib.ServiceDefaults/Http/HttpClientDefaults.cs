using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Fib.ServiceDefaults.Http;

/// <summary>Service discovery and retries for the HTTP clients of other services.</summary>
public static class HttpClientDefaults
{
    /// <summary>After this time the request is sent to another replica.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Resolves service names such as <c>http://api</c> to the replicas in <c>services__api__http__{n}</c>, round robin, and
    /// retries on another replica if one is unreachable. Not a default of every service: one that calls no other starts faster without it.
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
        resilience.Retry.ShouldHandle = outcome =>
            ValueTask.FromResult(IsRetryable(outcome.Outcome.Exception, outcome.Context.GetRequestMessage()));
        // One circuit breaker spans all replicas: a dead replica would block requests to the others.
        resilience.CircuitBreaker.ShouldHandle = _ => PredicateResult.False();
    }

    /// <summary>
    /// A response, 503 included, is not retried: every replica returns the same. A POST is retried only if no connection was made.
    /// </summary>
    private static bool IsRetryable(Exception? exception, HttpRequestMessage? request) => exception switch
    {
        _ when ConnectFailure.Is(exception) => true,
        HttpRequestException or TimeoutRejectedException => request?.Method == HttpMethod.Get || request?.Method == HttpMethod.Head,
        _ => false,
    };
}
