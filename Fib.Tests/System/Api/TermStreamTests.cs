using System.Text;
using Fib.Api.Terms;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.System.Api;

public sealed class TermStreamTests : IAsyncLifetime
{
    private const string Key = "term";

    private ScratchRedis _redis = null!;
    private ConnectionMultiplexer _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await ScratchRedis.StartAsync();
        _connection = await _redis.ConnectAsync(options => (options.AsyncTimeout, options.AllowAdmin) = (500, true));
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Read_WhileRedisAnswersLate_GoesOn()
    {
        var digits = new string('7', 200_000);
        await _connection.GetDatabase().StringSetAsync(Key, digits);
        await using var stream = new TermStream(_connection.GetDatabase(), Key, digits.Length);
        var read = new byte[digits.Length];
        await stream.ReadExactlyAsync(read.AsMemory(0, 1));
        // Longer than the client waits for one answer.
        await _connection.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", 2_000, "ALL");
        await stream.ReadExactlyAsync(read.AsMemory(1));
        Assert.Equal(digits, Encoding.ASCII.GetString(read));
    }

    [Fact]
    public async Task Read_ATermThatWasDropped_Ends()
    {
        await using var stream = new TermStream(_connection.GetDatabase(), Key, 10);
        await Assert.ThrowsAsync<EndOfStreamException>(() => stream.ReadExactlyAsync(new byte[10]).AsTask());
    }
}
