using Fib.Web.Terms;

namespace Fib.Web.Health;

internal static class ApiHealthExtensions
{
    /// <summary>Below the time limit of <c>/health</c>, so that it says which check failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Makes <c>/health</c> say whether the api is alive, whether its stores serve and whether a worker is alive.</summary>
    public static void AddApiHealth(this WebApplicationBuilder builder)
    {
        builder.AddApiClient<HealthClient>(Timeout);
        builder.Services.AddHealthChecks().AddCheck<ApiHealthCheck>("api").AddCheck<StoresHealthCheck>("stores").AddCheck<WorkersHealthCheck>("workers");
    }
}
