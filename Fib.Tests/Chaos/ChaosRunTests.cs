using Fib.Chaos;
using Fib.Tests.Support;

namespace Fib.Tests.Chaos;

/// <summary>A short storm takes the whole machine: nothing runs beside it.</summary>
[Collection(nameof(Storms))]
[Trait(Category.Name, Category.System)]
public sealed class ChaosRunTests(ITestOutputHelper output)
{
    /// <summary>Within twelve seconds every kind of part is struck, and Redis loses its data.</summary>
    private const int BusySeed = 203;

    [Fact]
    public async Task A_known_storm_breaks_no_promise()
    {
        var ledger = await AssertCleanAsync(new ChaosArguments(12, BusySeed, 2, 2));
        Assert.Contains("batched 200: ", ledger, StringComparison.Ordinal);
        Assert.Contains("POST 422: ", ledger, StringComparison.Ordinal);
        Assert.Matches(@"pages +200: \d+", ledger);
    }

    [Fact]
    public async Task Another_storm_with_an_outsider_every_time_breaks_no_promise()
    {
        var ledger = await AssertCleanAsync(ChaosArguments.Read(["--seconds", "12", "--apis", "3", "--workers", "3", "--outsider"]));
        Assert.Matches(@"outsider's commands +[1-9]", ledger);
    }

    private async Task<string> AssertCleanAsync(ChaosArguments arguments)
    {
        using var written = new StringWriter();
        var isClean = await ChaosRun.RunAsync(arguments, written, CancellationToken.None);
        var ledger = written.ToString();
        output.WriteLine(ledger);
        Assert.True(isClean, ledger);
        return ledger;
    }
}
