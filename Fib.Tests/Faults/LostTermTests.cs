using System.Globalization;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>A computed term can be read whole after its keys or the streams were damaged, even if no index is pending.</summary>
[Trait(Category.Name, Category.System)]
public sealed class LostTermTests(LostWorkFixture system) : IClassFixture<LostWorkFixture>
{
    private static int _lastIndex = 20_000;

    [Theory]
    [InlineData("SET {term}:asked text")]
    [InlineData("LPUSH {term}:asked text")]
    [InlineData("LPUSH {term} text")]
    [InlineData("SET fib:backlog text")]
    [InlineData("XADD fib:backlog 18446744073709551615-18446744073709551615 index seven")]
    [InlineData("XGROUP SETID fib:backlog fib-workers 18446744073709551615-18446744073709551615")]
    public async Task ADeletedTerm_IsComputedAgain(string command)
    {
        var index = await ComputeAsync();
        await system.AskAsync("del", Key(index));

        var reply = await system.AskAsync(command.Replace("{term}", Key(index), StringComparison.Ordinal).Split(' '));
        Assert.DoesNotContain("ERR", reply, StringComparison.Ordinal);

        await AssertWholeTermAsync(index);
    }

    [Fact]
    public async Task AnotherTermAtItsKey_IsReplaced()
    {
        var (index, other) = (await ComputeAsync(), await ComputeAsync());
        Assert.Equal("OK", await system.AskAsync("rename", Key(other), Key(index)));
        await AssertWholeTermAsync(index);
        await AssertWholeTermAsync(other);
    }

    [Fact]
    public async Task AnOutcomesKeyOfAnotherType_FailsNoIndex()
    {
        Assert.Equal("OK", await system.AskAsync("set", "fib:outcomes", "text"));
        await AssertWholeTermAsync(await ComputeAsync());
    }

    [Theory]
    [InlineData("SET fib:workers text")]
    [InlineData("ZADD fib:workers 99999999999 unknown")]
    public async Task ADamagedWorkersKey_ListsOnlyTheWorkersAgain(string command)
    {
        await system.AskAsync(command.Split(' '));
        await Eventually.HoldsAsync("it lists only the one worker", async _ => await system.AskAsync("zcard", "fib:workers") == "1");
    }

    private static string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"fib:term:{index}");

    /// <summary>Computes a long term, whose digits are in Redis.</summary>
    private async Task<int> ComputeAsync()
    {
        var index = Interlocked.Increment(ref _lastIndex);
        await system.SubmitAsync(index);
        Assert.Equal(Fibonacci.Shown(index), await system.Gateway.UntilComputedAsync(index));
        return index;
    }

    private async Task AssertWholeTermAsync(int index) =>
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.GetDigitsAsync(index));
}
