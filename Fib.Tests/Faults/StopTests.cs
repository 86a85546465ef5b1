using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>
/// Every resource exits by itself when it is stopped, even with open connections. After about ten seconds the orchestrator would
/// kill it.
/// </summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class StopTests(DurableSystemFixture system, ITestOutputHelper output)
{
    public static TheoryData<string> Resources => RestartTests.Resources;

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Stop_OneResourceUnderLoad_ExitsByItself(string resource)
    {
        await using var traffic = await BackgroundTraffic.OpenAsync(system.System.Address, system.NextLoadIndex);
        var before = (await system.System.GetEndAsync(resource)).Log.Count;
        var started = Stopwatch.GetTimestamp();
        await system.System.WithoutAsync(resource, async () =>
        {
            output.WriteLine($"{resource} stopped after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            var (state, exitCode, log) = await system.System.GetEndAsync(resource);
            Assert.Equal((KnownResourceStates.Finished, 0), (state, exitCode));
            Assert.DoesNotContain(log.Skip(before), line => line.Contains("Failed to stop", StringComparison.Ordinal));
        });
    }
}
