using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.Faults;

/// <summary>A computed term can be read whole after its keys or the streams were damaged, even if no index is pending.</summary>
[Trait(Category.Name, Category.System)]
public sealed class LostTermTests(LostWorkFixture system) : IClassFixture<LostWorkFixture>
{
    private static int _lastIndex = 20_000;

    [Theory]
    [InlineData("SET {term}:requested text")]
    [InlineData("LPUSH {term}:requested text")]
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

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task ADeletedTerm_IsNotComputedAgainForAClientThatHasIt(string accept)
    {
        var index = await ComputeAsync();
        using var first = await SendAsync(null);
        await system.AskAsync("del", Key(index));

        using var same = await SendAsync(first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Equal("0", await system.AskAsync("exists", $"{Key(index)}:requested"));

        Task<HttpResponseMessage> SendAsync(EntityTagHeaderValue? known) => Eventually.FindAsync("the term", async token =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/values/{index}") { Headers = { { "Accept", accept } } };
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            var response = await system.Gateway.SendAsync(request, token);
            return known is not null || response.StatusCode == HttpStatusCode.OK ? response : null;
        });
    }

    /// <summary>As after the maximum index was lowered.</summary>
    [Fact]
    public async Task ADeletedTermThatCannotBeComputedAgain_FailsWithTheReason()
    {
        var index = SequenceIndex.DefaultMaximum + 1;
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        await using var insert = new NpgsqlCommand(
            "INSERT INTO outcome (index, digits, preview, computed_at) VALUES ($1, 2089877, 'evicted', clock_timestamp())", connection)
        {
            Parameters = { new() { Value = index } },
        };
        await insert.ExecuteNonQueryAsync();

        var response = await Eventually.FindAsync("the answer is final", async token =>
        {
            var answer = await system.Gateway.GetAsync($"/api/values/{index}", token);
            return answer.StatusCode == HttpStatusCode.Accepted ? null : answer;
        });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("The worker's maximum index is 10000000.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
