using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.EndToEnd;

/// <summary>A submission that is sent again with its key is answered again, and stored once.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class IdempotencyTests(SystemFixture system)
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task Post_AgainWithItsKey_IsAnsweredAgainAndStoredOnce()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key);
        Assert.Equal(1, await CountAsync(index));
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Fact]
    public async Task Post_AtOnceWithOneKey_IsStoredOnceAndAllAreAnswered()
    {
        var (keyed, free) = (system.NextIndex(), Enumerable.Range(0, 20).Select(_ => system.NextIndex()).ToArray());
        var answers = Enumerable.Range(0, 20).Select(_ => AssertAcceptedAsync(keyed, _key));
        await Task.WhenAll(answers.Concat(free.Select(system.Gateway.SubmitAsync)));
        Assert.Equal(1, await CountAsync(keyed));
        foreach (var index in free)
            Assert.Equal(1, await CountAsync(index));
    }

    [Fact]
    public async Task Post_TheSameWithAnotherKeyOrWithout_IsStoredAgain()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        await AssertAcceptedAsync(index);
        Assert.Equal(3, await CountAsync(index));
    }

    [Fact]
    public async Task Post_AnotherIndexWithAUsedKey_Is422AndStoresNothing()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await AssertAcceptedAsync(index, _key);
        using var answer = await PostAsync(other, _key);
        Assert.Contains("used for another submission", await Problem.AssertDetailAsync(HttpStatusCode.UnprocessableEntity, answer), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(other));
    }

    [Fact]
    public async Task Post_AtOnceDifferentIndexesWithOneKey_OneIsStoredAndTheOthersAreRefused()
    {
        var indexes = Enumerable.Range(0, 10).Select(_ => system.NextIndex()).ToArray();
        var answers = await Task.WhenAll(indexes.Select(index => PostAsync(index, _key)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Single(await system.Gateway.GetAllAsync(), indexes.Contains);
    }

    [Fact]
    public async Task Post_RefusedForItsIndex_LeavesTheKeyFree()
    {
        using (var refused = await system.Gateway.PostJsonAsync("""{"index":"seven"}""", keys: _key))
            await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, refused);
        await AssertAcceptedAsync(system.NextIndex(), _key);
    }

    [Fact]
    public async Task Post_WithTheLongestKey_IsAccepted() => await AssertAcceptedAsync(system.NextIndex(), _key.PadRight(255, '~'));

    [Fact]
    public async Task Post_WithAKeyThatIsNone_Is400()
    {
        string[][] wrong = [[""], [new string('k', 256)], ["two words"], ["tab\tbed"], [_key, _key + "'"]];
        foreach (var keys in wrong)
        {
            using var answer = await system.Gateway.PostJsonAsync("""{"index":7}""", keys: keys);
            Assert.Contains("1 to 255 visible ASCII", await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AKey_IsForgottenAfterADay()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        await using var database = NpgsqlDataSource.Create(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        await ExecuteAsync(database, $"UPDATE idempotency_key SET stored_at = stored_at - interval '25 hours' WHERE key = '{_key}'");

        await Eventually.HoldsAsync("the key is forgotten", async _ => await ExecuteAsync(database, $"UPDATE idempotency_key SET key = key WHERE key = '{_key}'") == 0);
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        Assert.Equal(3, await CountAsync(index));
    }

    private async Task AssertAcceptedAsync(int index, params string[] keys)
    {
        using var answer = await PostAsync(index, keys);
        Assert.Equal("""{"working":true}""", await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> PostAsync(int index, params string[] keys) =>
        system.Gateway.PostJsonAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"index":{{index}}}"""), keys: keys);

    private async Task<int> CountAsync(int index) => (await system.Gateway.GetAllAsync()).Count(number => number == index);

    private static async Task<int> ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync();
    }
}
