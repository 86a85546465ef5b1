using Fib.ServiceDefaults.Health;

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
