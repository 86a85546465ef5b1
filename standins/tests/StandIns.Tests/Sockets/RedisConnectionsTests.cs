using StandIns.Tests.Support;

namespace StandIns.Tests.Sockets;

[Collection(nameof(RedisTests))]
public sealed class RedisConnectionsTests(RedisFixture redis)
{
    private const string Descriptors = "/proc/self/fd";

    [SkippableTheory]
    [InlineData("tcp")]
    [InlineData("tls")]
    [InlineData("unix")]
    public async Task Connecting_again_and_again_leaves_no_descriptor_open(string transport)
    {
        Skip.IfNot(Directory.Exists(Descriptors), "Open descriptors are counted in Linux's /proc only.");
        await redis.ServerAsync();
        var before = CountSockets();
        for (var i = 0; i < 60; i++)
        {
            await using var connection = await redis.ConnectAsync(transport);
            Assert.True(connection.GetDatabase().StringSet("key", i));
        }

        await Until.TrueAsync(() => CountSockets() <= before, "no socket is left open");
    }

    [SkippableFact]
    public async Task Parallel_connects_all_succeed()
    {
        var server = await redis.ServerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await using var connection = await server.ConnectAsync(i % 2 == 0 ? server.Plain : server.Tls);
            return await connection.GetDatabase().PingAsync();
        }));

        Assert.Equal(40, answers.Length);
    }

    private static int CountSockets() => Directory.EnumerateFileSystemEntries(Descriptors)
        .Count(link => new FileInfo(link).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
