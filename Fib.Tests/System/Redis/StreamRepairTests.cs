using Fib.Redis.Streams;
using Fib.Tests.Support;

namespace Fib.Tests.System.Redis;

[Trait(Category.Name, Category.System)]
public sealed class StreamRepairTests
{
    private const string Stream = "letters";
    private const string HighestId = "18446744073709551615-18446744073709551615";

    [Theory]
    [InlineData(true, "7 8 9")]
    [InlineData(false, "9")]
    public async Task Repair_HighestIdIsUsed_TakesEntriesAgain(bool keepEntries, string remaining)
    {
        await using var redis = await ScratchRedis.StartAsync();
        await using var connection = await redis.ConnectAsync();
        var database = connection.GetDatabase();
        await database.StreamAddAsync(Stream, "index", "7");
        await database.StreamAddAsync(Stream, "index", "8", HighestId);

        Assert.Equal(StreamRepairResult.Deleted, await database.RepairStreamAsync(Stream, keepEntries));
        await database.StreamAddAsync(Stream, "index", "9");

        var entries = await database.StreamRangeAsync(Stream);
        Assert.Equal(remaining, string.Join(' ', entries.Select(entry => (string?)entry["index"])));
    }
}
