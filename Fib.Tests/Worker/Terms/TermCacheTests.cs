using System.Globalization;
using Fib.Core.Sequence;
using Fib.Tests.Support;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Tests.Worker.Terms;

/// <summary>The budget is what is held, whatever becomes of the keys.</summary>
[Trait(Category.Name, Category.System)]
public sealed class TermStoreTests : IAsyncLifetime
{
    private const int TermBytes = 2_000, Kept = 5;
    private static readonly TermLimits Limits = new(SequenceIndex.Limit, long.MaxValue, (TermBytes * Kept) + 1);

    private OwnRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;
    private int _lastIndex = 10_000;

    private IDatabase Database => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _redis = await OwnRedis.StartAsync();
        _connection = await _redis.ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("DEL fib:term:10001")]
    [InlineData("DEL fib:term:10002 fib:term:10004")]
    [InlineData("DEL fib:term:10001 fib:term:10002 fib:term:10003 fib:term:10004 fib:term:10005")]
    [InlineData("DEL fib:terms:used")]
    [InlineData("DEL fib:terms:bytes")]
    [InlineData("DEL fib:terms:sizes")]
    [InlineData("DEL fib:terms:used fib:terms:bytes fib:terms:sizes")]
    [InlineData("ZREM fib:terms:used fib:term:10003")]
    [InlineData("SET fib:terms:used x")]
    [InlineData("SET fib:terms:sizes x")]
    public async Task StoreAsync_AfterKeysVanished_KeepsAsMuchAsBefore(string command)
    {
        await StoreAsync(Kept);
        Assert.Equal(Kept * TermBytes, await CountHeldAsync());

        await _redis.AskAsync(command.Split(' '));
        await StoreAsync(Kept * 2);

        Assert.Equal(Kept * TermBytes, await CountHeldAsync());
        Assert.Equal(Enumerable.Range(_lastIndex - Kept + 1, Kept), await ReadKeptAsync());
    }

    [Fact]
    public async Task StoreAsync_TwoAtOnceWhileKeysVanish_KeepsAsMuchAsBefore()
    {
        var vanish = Task.Run(async () =>
        {
            for (var index = 10_001; index < 10_100; index++)
                await Database.KeyDeleteAsync($"fib:term:{index}");
        });
        await Task.WhenAll(StoreAsync(100), StoreAsync(100), vanish);
        await StoreAsync(Kept);
        Assert.Equal(Kept * TermBytes, await CountHeldAsync());
    }

    [Fact]
    public async Task StoreAsync_AfterOtherNamesTookThePlaceOfItsOwn_KeepsAsMuchAsBefore()
    {
        await StoreAsync(Kept);
        await _redis.AskAsync("del", "fib:terms:used");
        await _redis.AskAsync(["zadd", "fib:terms:used", .. Enumerable.Range(0, Kept).SelectMany(n => (string[])["0", $"worker-{n}"])]);
        await StoreAsync(Kept * 2);
        Assert.Equal(Kept * TermBytes, await CountHeldAsync());
    }

    [Fact]
    public async Task StoreAsync_TheSameTermAgain_CountsOnce()
    {
        var store = new TermStore(Database.Multiplexer, Limits);
        for (var n = 0; n < 10; n++)
            await store.StoreAsync(new SequenceIndex(9_000), new byte[TermBytes]);
        await StoreAsync(Kept - 1);
        Assert.Equal(Kept * TermBytes, await CountHeldAsync());
    }

    [Fact]
    public async Task FindAsync_OnlyWhatIsTheTerm()
    {
        var store = new TermStore(_connection, Limits);
        var (index, term) = (new SequenceIndex(5_000), TermEngine.Compute(5_000));
        await store.StoreAsync(index, term);
        Assert.Equal(term, await store.FindAsync(index));

        foreach (var other in (byte[][])[TermEngine.Compute(5_001), [.. term, .. "0"u8], [], "text"u8.ToArray()])
        {
            await store.StoreAsync(index, other);
            Assert.Null(await store.FindAsync(index));
        }
    }

    private async Task StoreAsync(int terms)
    {
        var store = new TermStore(_connection, Limits);
        for (var n = 0; n < terms; n++)
            await store.StoreAsync(new SequenceIndex(Interlocked.Increment(ref _lastIndex)), new byte[TermBytes]);
    }

    private async Task<long> CountHeldAsync()
    {
        long held = 0;
        foreach (var index in await ReadKeptAsync())
            held += await Database.StringLengthAsync($"fib:term:{index}");
        return held;
    }

    private async Task<int[]> ReadKeptAsync()
    {
        var keys = await _redis.AskAsync("keys", "fib:term:*");
        return [.. keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(key => int.Parse(key["fib:term:".Length..], CultureInfo.InvariantCulture)).Order()];
    }
}
