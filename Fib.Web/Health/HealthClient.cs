using Fib.ServiceDefaults.Health;

namespace Fib.Web.Health;

/// <summary>Asks the api how it is.</summary>
internal sealed class HealthClient(HttpClient http)
{
    /// <summary>Whether the api answers at all, whatever its stores do.</summary>
    /// <exception cref="HttpRequestException">It does not.</exception>
    public Task<string> CheckAliveAsync(CancellationToken cancellationToken) => http.GetStringAsync("alive", cancellationToken);

    /// <summary>The api's readiness, which says what state each of its checks is in also where it is not ready.</summary>
    public async Task<HealthResponse?> ReadAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync("health", cancellationToken);
        return await answer.Content.ReadFromJsonAsync<HealthResponse>(cancellationToken);
    }
}
