using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Deployment.Infrastructure.Reading;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>The Lambda function that detects dead workers, run by Node.js against the running system.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class WatchTests(DurableSystemFixture system) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-watch-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Watch_WorkersAliveThenDead_FailsWhileTheyAreDead()
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed.");
        await Eventually.HoldsAsync("the function succeeds", async _ => (await WatchAsync(system.System.Address)).ExitCode == 0);

        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            var error = await Eventually.FindAsync("the function fails", async _ =>
                await WatchAsync(system.System.Address) is { ExitCode: not 0 } failed ? failed.Text : null);
            Assert.Contains("workers: 0 alive", error, StringComparison.Ordinal);
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }

    [Fact]
    public async Task Watch_SiteUnreachable_Fails()
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed.");
        Assert.NotEqual(0, (await WatchAsync(new Uri(FakeUpstream.GetFreeAddress()))).ExitCode);
    }

    /// <summary>Runs the function as Lambda does.</summary>
    private Task<CommandResult> WatchAsync(Uri site)
    {
        var watch = Template.Load("infrastructure.yaml").Properties("Watch");
        Assert.Equal("index.handler", watch["Handler"]!.ToString());
        Assert.Equal(["HEALTH_URL"], watch["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key));
        File.WriteAllText(Path.Combine(_directory.FullName, "index.js"), watch["Code"]!["ZipFile"]!.ToString());
        return new Command("node", "-e", "require('./index').handler({})")
        {
            Directory = _directory.FullName,
            Environment = new Dictionary<string, string?> { ["HEALTH_URL"] = new Uri(site, "/health").ToString() },
        }.TryRunAsync();
    }
}
