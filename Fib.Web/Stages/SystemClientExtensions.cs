using Fib.Web.Terms;

namespace Fib.Web.Stages;

internal static class SystemClientExtensions
{
    /// <summary>Adds the client of the system's state; it gives up early, since what it reads is an addition to a page.</summary>
    public static void AddSystemClient(this WebApplicationBuilder builder) =>
        builder.AddApiClient<SystemClient>(TimeSpan.FromSeconds(1.5));
}
