using Fib.Redis.Streams;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.Unit.Redis.Streams;

[Trait(Category.Name, Category.System)]
public sealed class StreamRepairTests : IAsyncLifetime
{
    private const string Stream = "letters";
    private const string HighestId = "18446744073709551615-18446744073709551615";

    private ScratchRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;

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
    [InlineData(true, "7 8 9")]
    [InlineData(false, "9")]
    public async Task Repair_HighestIdIsUsed_TakesEntriesAgain(bool keepEntries, string remaining)
    {
        var database = _connection.GetDatabase();
        await database.StreamAddAsync(Stream, "index", "7");
        await database.StreamAddAsync(Stream, "index", "8", HighestId);

        Assert.Equal(StreamRepairResult.Deleted, await database.RepairStreamAsync(Stream, keepEntries));
        await database.StreamAddAsync(Stream, "index", "9");

        var entries = await database.StreamRangeAsync(Stream);
        Assert.Equal(remaining, string.Join(' ', entries.Select(entry => (string?)entry["index"])));
    }
}
