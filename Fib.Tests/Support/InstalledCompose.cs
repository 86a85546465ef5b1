using Fib.Rehearsal.Platform;

namespace Fib.Tests.Support;

/// <summary>The installed compose; a test without one is skipped.</summary>
internal static class InstalledCompose
{
    public static async Task<ComposeProgram> GetAsync()
    {
        var compose = await ComposeProgram.FindAsync();
        Assert.SkipWhen(compose is null, "neither the plugin 'docker compose' nor docker-compose is installed");
        return compose;
    }
}
