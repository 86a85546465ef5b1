using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>deploy/smoke.sh against the real system.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SmokeTests(SystemFixture system)
{
    [Fact]
    public async Task A_working_system_passes()
    {
        using var script = new DeployScript();
        var (exitCode, output) = await script.RunAsync("smoke.sh", system.System.Address.ToString());
        Assert.True(exitCode == 0, output);
        Assert.Matches("computed index [0-9]+ and shows it", output);
    }
}
