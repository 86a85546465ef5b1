using Fib.Chaos;
using Fib.Tests.Support;

namespace Fib.Tests.Faults.Chaos;

/// <summary>Two short runs under full load, without other tests in parallel.</summary>
[Collection(nameof(SequentialChaosTests))]
[Trait(Category.Name, Category.System)]
public sealed class ChaosRunTests(ITestOutputHelper output)
{
    /// <summary>Within 12 s this seed gives each kind of process a fault, and Redis loses its data.</summary>
    private const int BusySeed = 203;

    [Fact]
    public async Task Every_invariant_holds_with_a_known_seed()
    {
        var report = await RunAsync(new ChaosArguments(12, BusySeed, 2, 2));
        Assert.Contains("batch 200: ", report, StringComparison.Ordinal);
        Assert.Contains("POST 422: ", report, StringComparison.Ordinal);
        Assert.Matches(@"pages by status +200: \d+", report);
    }

    [Fact]
    public async Task Every_invariant_holds_with_a_new_seed_and_a_tampering_client()
    {
        var report = await RunAsync(ChaosArguments.Read(["--seconds", "12", "--apis", "3", "--workers", "3", "--tampering"]));
        Assert.Matches(@"commands of the tampering client +[1-9]", report);
    }

    private async Task<string> RunAsync(ChaosArguments arguments)
    {
        using var written = new StringWriter();
        var holds = await ChaosRun.RunAsync(arguments, written, CancellationToken.None);
        var report = written.ToString();
        output.WriteLine(report);
        Assert.True(holds, report);
        return report;
    }
}
