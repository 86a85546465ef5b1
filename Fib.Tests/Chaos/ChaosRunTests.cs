using Fib.Chaos;
using Fib.Tests.Support;

namespace Fib.Tests.Chaos;

/// <summary>A short storm takes the whole machine: nothing runs beside it.</summary>
[Collection(nameof(Storms))]
[Trait(Category.Name, Category.System)]
public sealed class ChaosRunTests(ITestOutputHelper output)
{
    /// <summary>Within twelve seconds every kind of part is struck, and Redis loses its data.</summary>
    private const int BusySeed = 11_247;

    [Fact]
    public Task A_known_storm_breaks_no_promise() => AssertCleanAsync(new ChaosArguments(12, BusySeed, 2, 2));

    [Fact]
    public Task Another_storm_every_time_breaks_no_promise() => AssertCleanAsync(ChaosArguments.Read(["--seconds", "12"]));

    private async Task AssertCleanAsync(ChaosArguments arguments)
    {
        using var ledger = new StringWriter();
        var isClean = await ChaosRun.RunAsync(arguments, ledger, CancellationToken.None);
        output.WriteLine(ledger.ToString());
        Assert.True(isClean, ledger.ToString());
    }
}
