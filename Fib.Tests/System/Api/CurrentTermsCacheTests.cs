using System.IO.Pipelines;
using Fib.Api.Listings;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class CurrentTermsCacheTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system.System);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Get_OfTwoReplicas_FollowsEveryChange()
    {
        var replicas = new[] { Create(), Create() };
        await AssertAsync(replicas, "{}");
        await _database.SubmitAsync(100, 7, 100);
        await AssertAsync(replicas, """{"7":"Nothing yet!","100":"Nothing yet!"}""");
        await _database.ComputeAsync(7, "13");
        await _database.FailAsync(100);
        await AssertAsync(replicas, """{"7":"13","100":"Failed"}""");
        await _database.SubmitAsync(7, 100, 50);
        await AssertAsync(replicas, """{"7":"13","50":"Nothing yet!","100":"Nothing yet!"}""");
        await _database.ComputeAsync(50, "1\u20262 (3 digits)");
        await _database.ComputeAsync(100, "354224848179261915075");
        await AssertAsync(replicas, """{"7":"13","50":"1…2 (3 digits)","100":"354224848179261915075"}""");
    }

    [Fact]
    public async Task Get_AFailedIndexIsPutBackWithoutAnEvent_IsPending()
    {
        var cache = Create();
        await _database.SubmitAsync(7, 8);
        await _database.FailAsync(7);
        await _database.ComputeAsync(8, "21");
        await AssertAsync([cache], """{"7":"Failed","8":"21"}""");
        await _database.ExecuteAsync("WITH failed AS (DELETE FROM outcome WHERE index = 7) INSERT INTO pending_term (index) VALUES (7)");
        await AssertAsync([cache], """{"7":"Nothing yet!","8":"21"}""");
    }

    [Fact]
    public async Task Get_MoreEventsThanAreApplied_IsReadAnew()
    {
        var cache = Create();
        await _database.SubmitAsync(1);
        await cache.GetAsync();
        await _database.SubmitAsync([.. Enumerable.Range(0, 6_000)]);
        var text = await (await cache.GetAsync())!.ReadAsync();
        Assert.StartsWith("""{"0":"Nothing yet!","1":""", text, StringComparison.Ordinal);
        Assert.Equal(6_000, text.Split(',').Length);
    }

    [Theory]
    [InlineData("TRUNCATE submission, pending_term, outcome", "{}")]
    [InlineData("DELETE FROM submission WHERE index = 8; DELETE FROM outcome WHERE index = 8", """{"7":"13"}""")]
    public async Task Get_AfterTheDatabaseWasReplaced_IsWhatItHasNow(string change, string expected)
    {
        var cache = Create();
        await _database.SubmitAsync(7);
        await _database.ComputeAsync(7, "13");
        await _database.SubmitAsync(8);
        await _database.ComputeAsync(8, "21");
        await AssertAsync([cache], """{"7":"13","8":"21"}""");
        await _database.ExecuteAsync(change);
        await AssertAsync([cache], expected);
    }

    [Fact]
    public async Task Get_NothingThatShowsChanged_IsTheSameObject()
    {
        var cache = Create();
        await _database.SubmitAsync(7);
        await _database.ComputeAsync(7, "13");
        var before = await cache.GetAsync();
        await _database.SubmitAsync(7);
        Assert.Same(before, await cache.GetAsync());
    }

    [Fact]
    public async Task Get_MoreThanIsKept_IsNullUntilItIsAnotherTable()
    {
        var cache = new CurrentTermsCache(new CurrentTermsReader(_database.Source), TimeProvider.System, maxBytes: 300);
        await _database.SubmitAsync(1);
        await AssertAsync([cache], """{"1":"Nothing yet!"}""");
        await _database.SubmitAsync(2, 3, 4);
        Assert.Null(await cache.GetAsync());
        await _database.SubmitAsync(5);
        Assert.Null(await cache.GetAsync());
        await _database.ExecuteAsync("TRUNCATE submission, pending_term, outcome");
        await AssertAsync([cache], "{}");
    }

    /// <summary>Without the reason of the outcomes, these cannot be counted.</summary>
    [Fact]
    public async Task Get_MoreThanIsKept_DoesNotCountTheFailedIndexes()
    {
        var cache = new CurrentTermsCache(new CurrentTermsReader(_database.Source), TimeProvider.System, maxBytes: 300);
        await _database.SubmitAsync(1, 2, 3, 4);
        await _database.ComputeAsync(1, "1");
        Assert.Null(await cache.GetAsync());
        await _database.ExecuteAsync("ALTER TABLE outcome RENAME reason TO renamed");
        Assert.Null(await cache.GetAsync());
    }

    [Fact]
    public async Task Get_SlowReadersHoldManyVersions_IsNullUntilTheyHaveRead()
    {
        var cache = new CurrentTermsCache(new CurrentTermsReader(_database.Source), TimeProvider.System, maxBytes: 300_000);
        await _database.ExecuteAsync("""
            INSERT INTO outcome (index, digits, preview, computed_at)
            SELECT n, 100, repeat('7', 100), clock_timestamp() FROM generate_series(1, 1000) AS n
            """);
        var readers = new List<(Pipe Pipe, Task Writing)>();
        for (var n = 2_001; readers.Count <= 5 && await cache.GetAsync() is { } version; n++)
        {
            var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
            readers.Add((pipe, version.WriteAsync(pipe.Writer, CancellationToken.None).AsTask()));
            await _database.SubmitAsync(n);
        }

        Assert.InRange(readers.Count, 2, 5);
        foreach (var (pipe, writing) in readers)
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }

        Assert.NotNull(await cache.GetAsync());
    }

    private CurrentTermsCache Create() => new(new CurrentTermsReader(_database.Source), TimeProvider.System);

    private static async Task AssertAsync(IEnumerable<CurrentTermsCache> caches, string expected)
    {
        foreach (var cache in caches)
            Assert.Equal(expected, await (await cache.GetAsync())!.ReadAsync());
    }
}
