using Fib.ServiceDefaults.Health;
using Fib.Web.Api;

namespace Fib.Web.Health;

/// <summary>Reads the liveness and the readiness of the api.</summary>
internal sealed class HealthClient(HttpClient http)
{
    /// <summary>Checks that the api is alive, whatever the state of its stores.</summary>
    /// <exception cref="HttpRequestException">The api does not respond, or not with success.</exception>
    public Task<string> CheckAliveAsync(CancellationToken cancellationToken) => http.GetStringAsync("alive", cancellationToken);

    /// <summary>The api's readiness, with the state of each of its checks even if it is not ready.</summary>
    public async Task<HealthResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync("health", cancellationToken);
        return await response.Content.ReadFromJsonAsync<HealthResponse>(cancellationToken);
    }
}

/// <summary>Registers the health checks of the web service.</summary>
internal static class ApiHealthExtensions
{
    /// <summary>Below the time limit of <c>/health</c>, so that its response names the check that failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Makes <c>/health</c> report whether the api is alive, whether its stores are ready and whether a worker is alive.</summary>
    public static void AddApiHealth(this WebApplicationBuilder builder)
    {
        builder.AddApiClient<HealthClient>(Timeout);
        builder.Services.AddHealthChecks()
            .AddCheck<ApiHealthCheck>("api").AddCheck<ApiStoresHealthCheck>("stores").AddCheck<ApiWorkersHealthCheck>("workers");
    }
}
