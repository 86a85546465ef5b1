using Fib.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Fib.Gateway;

/// <summary>The settings of the gateway itself, which are paths.</summary>
internal static class GatewayPaths
{
    /// <summary>At and below this path errors are problem details. It has no final slash.</summary>
    /// <exception cref="SettingException">The setting is not a path.</exception>
    public static PathString ReadProblemDetailsPath(this IConfiguration configuration) =>
        Check("Gateway__ProblemDetailsPath", configuration.ReadText("Gateway:ProblemDetailsPath") ?? "/api").TrimEnd('/');

    /// <summary>Per-service health endpoints are not exposed: their paths are 404.</summary>
    /// <exception cref="SettingException">One of them is not a path.</exception>
    public static void MapBlockedPaths(this WebApplication app)
    {
        foreach (var path in app.Configuration.GetSection("Gateway:BlockedPaths").GetChildren())
        {
            var name = $"Gateway__BlockedPaths__{path.Key}";
            try
            {
                app.Map(Check(name, path.Value), () => Results.NotFound());
            }
            catch (RoutePatternException exception)
            {
                throw new SettingException($"{name} is '{path.Value}': {exception.Message}", exception);
            }
        }
    }

    private static string Check(string name, string? path) =>
        path is ['/', ..] ? path : throw new SettingException($"{name} is '{path}': it must be a path such as /api.");
}
