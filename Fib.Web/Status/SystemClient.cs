using Fib.Core.Contracts;
using Fib.Web.Api;

namespace Fib.Web.Status;

/// <summary>Reads the status of the system from the api.</summary>
internal sealed class SystemClient(HttpClient http)
{
    /// <summary>The status of the system, or null if the api or its PostgreSQL is unavailable: a page is complete without it.</summary>
    public async Task<SystemStatus?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ApiCall.RunAsync(() => http.GetFromJsonAsync<SystemStatus>("system", cancellationToken), cancellationToken);
        }
        catch (ApiUnavailableException)
        {
            return null;
        }
    }
}

/// <summary>Registers the client of the system status.</summary>
internal static class SystemClientExtensions
{
    /// <summary>Shorter than the timeout of the terms, since the status is optional on a page.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    public static void AddSystemClient(this WebApplicationBuilder builder) => builder.AddApiClient<SystemClient>(Timeout);
}
