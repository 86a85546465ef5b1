using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>A term that was computed can be read whole, whatever becomes of its keys and of the streams, also while nothing is pending.</summary>
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
    public async Task ATermThatWasDropped_IsComputedAgain(string command)
    {
        var index = await ComputeAsync();
        await system.AskAsync("del", Key(index));

        Assert.DoesNotContain("ERR", await system.AskAsync(command.Replace("{term}", Key(index), StringComparison.Ordinal).Split(' ')), StringComparison.Ordinal);

        await AssertIsReadWholeAsync(index);
    }

    [Fact]
    public async Task AnotherTermUnderItsKey_IsReplaced()
    {
        var (index, other) = (await ComputeAsync(), await ComputeAsync());
        Assert.Equal("OK", await system.AskAsync("rename", Key(other), Key(index)));
        await AssertIsReadWholeAsync(index);
        await AssertIsReadWholeAsync(other);
    }

    [Fact]
    public async Task TheOutcomesKeyOfAnotherType_FailsNoIndex()
    {
        Assert.Equal("OK", await system.AskAsync("set", "fib:outcomes", "text"));
        await AssertIsReadWholeAsync(await ComputeAsync());
    }

    [Theory]
    [InlineData("SET fib:workers text")]
    [InlineData("ZADD fib:workers 99999999999 somebody")]
    public async Task TheWorkersKeyTamperedWith_HoldsTheWorkersAgain(string command)
    {
        await system.AskAsync(command.Split(' '));
        await Eventually.HoldsAsync("the one worker is in it alone", async _ => await system.AskAsync("zcard", "fib:workers") == "1");
    }

    private static string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"fib:term:{index}");

    /// <summary>A long one, of which Redis has the digits.</summary>
    private async Task<int> ComputeAsync()
    {
        var index = Interlocked.Increment(ref _lastIndex);
        await system.SubmitAsync(index);
        Assert.Equal(Fibonacci.Shown(index), await system.Gateway.UntilComputedAsync(index));
        return index;
    }

    private async Task AssertIsReadWholeAsync(int index) => Assert.Equal(
        Fibonacci.Term(index),
        await Eventually.FindAsync("the whole term", async token =>
        {
            using var answer = await system.Gateway.GetAsync(string.Create(CultureInfo.InvariantCulture, $"api/values/{index}"), token);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync(token) : null;
        }));
}
