using System.Text.Json;
using Fib.Api.Listings;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class AllSubmissionsCacheTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system.System);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Get_OfTwoReplicas_EachSeesWhatWasStoredBefore()
    {
        var replicas = new[] { Create(), Create() };
        foreach (var cache in replicas)
            Assert.Empty(await ReadAsync(cache));
        for (var n = 1; n <= 5; n++)
        {
            await _database.SubmitAsync(n, 7);
            foreach (var cache in replicas)
                Assert.Equal(Enumerable.Range(1, n).SelectMany(i => (int[])[i, 7]), await ReadAsync(cache));
        }
    }

    [Fact]
    public async Task Get_WhileOthersWrite_HasEverythingAcknowledgedBeforeAndStaysInOrder()
    {
        var replicas = new[] { Create(), Create() };
        var acknowledged = 0;
        var writer = Task.Run(async () =>
        {
            for (var n = 0; n < 200; n++)
            {
                await _database.SubmitAsync(n);
                Volatile.Write(ref acknowledged, n + 1);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            while (!writer.IsCompleted)
            {
                var atLeast = Volatile.Read(ref acknowledged);
                var read = await ReadAsync(replicas[reader % 2]);
                Assert.Equal(Enumerable.Range(0, read.Length), read);
                Assert.True(read.Length >= atLeast, $"{read.Length} of {atLeast}");
            }
        })));
        await writer;
        Assert.Equal(200, (await ReadAsync(replicas[0])).Length);
    }

    [Fact]
    public async Task Get_NothingNew_IsTheSameObject()
    {
        var cache = Create();
        await _database.SubmitAsync(7);
        Assert.Same(await cache.GetAsync(), await cache.GetAsync());
    }

    [Theory]
    [InlineData("TRUNCATE submission")]
    [InlineData("DELETE FROM submission WHERE id > 2")]
    [InlineData("UPDATE submission SET accepted_at = clock_timestamp(), index = 9 WHERE id = 3")]
    [InlineData(
        "TRUNCATE submission; INSERT INTO submission (id, index) SELECT n, 10 + n FROM generate_series(1, 5) AS n; "
        + "SELECT setval('fib_event', 5)")]
    public async Task Get_AfterTheDatabaseWasReplaced_IsWhatItHasNow(string change)
    {
        var cache = Create();
        await _database.SubmitAsync(1, 2, 3);
        Assert.Equal((int[])[1, 2, 3], await ReadAsync(cache));
        await _database.ExecuteAsync(change);
        Assert.Equal(await StoredAsync(), await ReadAsync(cache));
        await _database.SubmitAsync(4);
        Assert.Equal(await StoredAsync(), await ReadAsync(cache));
    }

    [Fact]
    public async Task Get_BeyondTheBound_HasTheBeginningAndTheNewestId()
    {
        var cache = new AllSubmissionsCache(new AllSubmissionsReader(_database.Source), TimeProvider.System, maxBytes: 20);
        await _database.SubmitAsync(1, 2, 3);
        var before = await cache.GetAsync();
        Assert.True(before.IsComplete);

        await _database.SubmitAsync(4);
        var after = await cache.GetAsync();
        Assert.False(after.IsComplete);
        Assert.Equal((before.LastId, before.Newest.Id + 1), (after.LastId, after.Newest.Id));
        Assert.Equal(await before.Text.ReadAsync(), await after.Text.ReadAsync());
    }

    private AllSubmissionsCache Create() => new(new AllSubmissionsReader(_database.Source), TimeProvider.System);

    private static async Task<int[]> ReadAsync(AllSubmissionsCache cache)
    {
        var snapshot = await cache.GetAsync();
        Assert.True(snapshot.IsComplete);
        var text = await snapshot.Text.ReadAsync();
        return text == "" ? [] :
        [
            .. JsonDocument.Parse(text + "]").RootElement.EnumerateArray().Select(item => item.GetProperty("number").GetInt32()),
        ];
    }

    private async Task<int[]> StoredAsync()
    {
        var stored = new List<int>();
        await foreach (var entry in new AllSubmissionsReader(_database.Source).ReadFromAsync(0, 1_000, CancellationToken.None))
            stored.Add(entry.Index);
        return [.. stored];
    }
}
