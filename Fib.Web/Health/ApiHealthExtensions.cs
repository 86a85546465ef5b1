using Fib.Web.Terms;

namespace Fib.Web.Health;

internal static class ApiHealthExtensions
{
    /// <summary>Makes <c>/health</c> say whether the api is alive and whether a worker is.</summary>
    public static void AddApiHealth(this WebApplicationBuilder builder)
    {
        builder.AddApiClient<HealthClient>(TimeSpan.FromSeconds(2));
        builder.Services.AddHealthChecks().AddCheck<ApiHealthCheck>("api").AddCheck<WorkersHealthCheck>("workers");
    }
}
