using Fib.AppHost.Running;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.AppHost.Running;

/// <summary>The address of the dashboard that the start message shows.</summary>
public sealed class DashboardAddressTests
{
    [Theory]
    [InlineData("http://localhost:15050", "secret", "http://localhost:15050/login?t=secret")]
    [InlineData("https://localhost:17050;http://localhost:15050", "secret", "https://localhost:17050/login?t=secret")]
    [InlineData("http://localhost:15050", null, "http://localhost:15050")]
    [InlineData(null, "secret", null)]
    public void FindDashboard_HasATokenIfTheDashboardHasOne(string? addresses, string? token, string? expected) =>
        Assert.Equal(expected, RunExtensions.FindDashboard(Settings.Of(("ASPNETCORE_URLS", addresses), ("AppHost:BrowserToken", token))));
}
