using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.System.Api;

/// <summary>A submission that is repeated with its idempotency key gets the same response and is stored once.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class IdempotencyTests(SystemFixture system)
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task Post_RepeatedWithItsKey_SameResponseAndStoredOnce()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key);
        Assert.Equal(1, await CountAsync(index));
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Fact]
    public async Task Post_ConcurrentlyWithOneKey_StoredOnceAndAllAccepted()
    {
        var (keyed, free) = (system.NextIndex(), Enumerable.Range(0, 20).Select(_ => system.NextIndex()).ToArray());
        var responses = Enumerable.Range(0, 20).Select(_ => AssertAcceptedAsync(keyed, _key));
        await Task.WhenAll(responses.Concat(free.Select(system.Gateway.SubmitAsync)));
        Assert.Equal(1, await CountAsync(keyed));
        foreach (var index in free)
            Assert.Equal(1, await CountAsync(index));
    }

    [Fact]
    public async Task Post_WithAnotherKeyOrWithout_IsStoredAgain()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        await AssertAcceptedAsync(index);
        Assert.Equal(3, await CountAsync(index));
    }

    [Fact]
    public async Task Post_OtherIndexWithAUsedKey_Is422AndStoresNothing()
    {
        var (index, other) = (system.NextIndex(), system.NextIndex());
        await AssertAcceptedAsync(index, _key);
        using var response = await PostAsync(other, _key);
        var detail = await Problem.AssertDetailAsync(HttpStatusCode.UnprocessableEntity, response);
        Assert.Contains("used for another submission", detail, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(other));
    }

    [Fact]
    public async Task Post_ConcurrentlyDifferentIndexesWithOneKey_OneIsStoredAndOthersAre422()
    {
        var indexes = Enumerable.Range(0, 10).Select(_ => system.NextIndex()).ToArray();
        var responses = await Task.WhenAll(indexes.Select(index => PostAsync(index, _key)));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.OK);
        Assert.Equal(9, responses.Count(response => response.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Single(await system.Gateway.GetAllAsync(), indexes.Contains);
    }

    [Fact]
    public async Task Post_InvalidIndex_DoesNotUseTheKey()
    {
        using (var rejected = await system.Gateway.PostJsonAsync("""{"index":"seven"}""", keys: _key))
            await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, rejected);
        await AssertAcceptedAsync(system.NextIndex(), _key);
    }

    [Fact]
    public async Task Post_WithTheLongestKey_IsAccepted() =>
        await AssertAcceptedAsync(system.NextIndex(), _key.PadRight(255, '~'));

    [Fact]
    public async Task Post_InvalidKey_Is400()
    {
        string[][] wrong = [[""], [new string('k', 256)], ["two words"], ["tab\tbed"], [_key, _key + "'"]];
        foreach (var keys in wrong)
        {
            using var response = await system.Gateway.PostJsonAsync("""{"index":7}""", keys: keys);
            var detail = await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
            Assert.Contains("1 to 255 visible ASCII", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Key_IsDeletedAfterADay()
    {
        var index = system.NextIndex();
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        await using var database = NpgsqlDataSource.Create(await system.System.GetConnectionStringAsync(ResourceNames.Database));
        await ExecuteAsync(database, $"UPDATE idempotency_key SET stored_at = stored_at - interval '25 hours' WHERE key = '{_key}'");
        await ExecuteAsync(database, $"UPDATE idempotency_key SET stored_at = stored_at - interval '23 hours' WHERE key = '{_key}'''");

        await Eventually.HoldsAsync(
            "the key is deleted",
            async _ => await ExecuteAsync(database, $"UPDATE idempotency_key SET key = key WHERE key = '{_key}'") == 0);
        await AssertAcceptedAsync(index, _key);
        await AssertAcceptedAsync(index, _key + "'");
        Assert.Equal(3, await CountAsync(index));
    }

    private async Task AssertAcceptedAsync(int index, params string[] keys)
    {
        using var response = await PostAsync(index, keys);
        Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync());
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
