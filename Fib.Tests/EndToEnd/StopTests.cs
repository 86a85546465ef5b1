using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Fib.AppHost;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>Every part ends by itself when it is told to, whatever is open through it. The orchestrator kills after about ten seconds what does not.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class StopTests(DurableSystemFixture system, ITestOutputHelper output)
{
    public static TheoryData<string> Parts => RestartTests.Parts;

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Stop_OnePartUnderLoad_EndsByItself(string part)
    {
        await using var traffic = await BackgroundTraffic.OpenAsync(system.System.Address, system.NextLoadIndex);
        var before = (await system.System.GetEndAsync(part)).Log.Count;
        var started = Stopwatch.GetTimestamp();
        await system.System.WithoutAsync(part, async () =>
        {
            output.WriteLine($"{part} stopped after {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
            var (state, exitCode, log) = await system.System.GetEndAsync(part);
            Assert.Equal((KnownResourceStates.Finished, 0), (state, exitCode));
            Assert.DoesNotContain(log.Skip(before), line => line.Contains("Failed to stop", StringComparison.Ordinal));
        });
    }
}
