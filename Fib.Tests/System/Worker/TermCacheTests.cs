using System.Globalization;
using Fib.Core.Sequence;
using Fib.Tests.Support;
using Fib.Worker.Terms;
using StackExchange.Redis;

namespace Fib.Tests.System.Worker;

/// <summary>The cache stays at its maximum size after keys were deleted or overwritten.</summary>
[Trait(Category.Name, Category.System)]
public sealed class TermCacheTests : IAsyncLifetime
{
    private const int TermBytes = 2_000, MaxTerms = 5;
    private static readonly TermLimits Limits = new(SequenceIndex.Limit, long.MaxValue, (TermBytes * MaxTerms) + 1);

    private ScratchRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;
    private int _lastIndex = 10_000;

    private IDatabase Database => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        _redis = await ScratchRedis.StartAsync();
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
    [InlineData("DEL fib:terms:sizes")]
    [InlineData("DEL fib:terms:used fib:terms:sizes")]
    [InlineData("ZREM fib:terms:used fib:term:10003")]
    [InlineData("SET fib:terms:used x")]
    [InlineData("SET fib:terms:sizes x")]
    public async Task StoreAsync_AfterKeysWereDamaged_CachesUpToTheLimit(string command)
    {
        await StoreAsync(MaxTerms);
        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());

        await _redis.AskAsync(command.Split(' '));
        await StoreAsync(MaxTerms * 2);

        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());
        Assert.Equal(Enumerable.Range(_lastIndex - MaxTerms + 1, MaxTerms), await ReadCachedAsync());
    }

    [Fact]
    public async Task StoreAsync_ConcurrentCallsWhileKeysAreDeleted_CachesUpToTheLimit()
    {
        var delete = Task.Run(async () =>
        {
            for (var index = 10_001; index < 10_100; index++)
                await Database.KeyDeleteAsync($"fib:term:{index}");
        });
        await Task.WhenAll(StoreAsync(100), StoreAsync(100), delete);
        await StoreAsync(MaxTerms);
        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());
    }

    [Fact]
    public async Task StoreAsync_AfterOtherMembersReplacedItsOwn_CachesUpToTheLimit()
    {
        await StoreAsync(MaxTerms);
        await _redis.AskAsync("del", "fib:terms:used");
        await _redis.AskAsync(["zadd", "fib:terms:used", .. Enumerable.Range(0, MaxTerms).SelectMany(n => (string[])["0", $"worker-{n}"])]);
        await StoreAsync(MaxTerms * 2);
        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());
    }

    [Fact]
    public async Task StoreAsync_TheSameTermAgain_CountsItOnce()
    {
        var cache = new TermCache(Database.Multiplexer, Limits);
        for (var n = 0; n < 10; n++)
            await cache.StoreAsync(new SequenceIndex(9_000), new byte[TermBytes]);
        await StoreAsync(MaxTerms - 1);
        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());
    }

    [Fact]
    public async Task StoreAsync_ATermLargerThanTheLimit_IsKeptUntilTheNextOne()
    {
        await StoreAsync(MaxTerms);
        var large = new byte[Limits.CacheBytes + 1];
        await new TermCache(_connection, Limits).StoreAsync(new SequenceIndex(++_lastIndex), large);
        Assert.Equal([_lastIndex], await ReadCachedAsync());
        Assert.Equal(large.Length, await CountBytesAsync());

        await StoreAsync(MaxTerms);
        Assert.Equal(MaxTerms * TermBytes, await CountBytesAsync());
    }

    [Fact]
    public async Task FindAsync_AValueThatIsNotTheTerm_ReturnsNull()
    {
        var cache = new TermCache(_connection, Limits);
        var (index, term) = (new SequenceIndex(5_000), TermEngine.Compute(5_000));
        await cache.StoreAsync(index, term);
        Assert.Equal(term, await cache.FindAsync(index));

        foreach (var other in (byte[][])[TermEngine.Compute(5_001), [.. term, .. "0"u8], [], "text"u8.ToArray()])
        {
            await cache.StoreAsync(index, other);
            Assert.Null(await cache.FindAsync(index));
        }
    }

    private async Task StoreAsync(int terms)
    {
        var cache = new TermCache(_connection, Limits);
        for (var n = 0; n < terms; n++)
            await cache.StoreAsync(new SequenceIndex(Interlocked.Increment(ref _lastIndex)), new byte[TermBytes]);
    }

    private async Task<long> CountBytesAsync()
    {
        long bytes = 0;
        foreach (var index in await ReadCachedAsync())
            bytes += await Database.StringLengthAsync($"fib:term:{index}");
        return bytes;
    }

    private async Task<int[]> ReadCachedAsync()
    {
        var keys = await _redis.AskAsync("keys", "fib:term:*");
        var indexes = keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(key => key["fib:term:".Length..]);
        return [.. indexes.Select(index => int.Parse(index, CultureInfo.InvariantCulture)).Order()];
    }
}
