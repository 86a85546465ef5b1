using System.Net;
using StackExchange.Redis;

namespace StandIns.Tests.Support;

/// <summary>One server for the tests that leave it as it is; started by the first that runs.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    /// <summary>A connection of the test's own to a database it has cleared.</summary>
    internal async Task<ConnectionMultiplexer> ConnectAsync(string transport)
    {
        var connection = await (await ServerAsync()).ConnectAsync(await EndPointAsync(transport));
        await connection.GetDatabase().ExecuteAsync("FLUSHDB");
        return connection;
    }

    internal async Task<RedisServer> ServerAsync()
    {
        RedisServer.SkipIfNotInstalled();
        return _server ??= await RedisServer.StartAsync();
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task<EndPoint> EndPointAsync(string transport)
    {
        var server = await ServerAsync();
        return transport switch
        {
            "tcp" => server.Plain,
            "tls" => server.Tls,
            "unix" => server.Unix,
            _ => throw new ArgumentOutOfRangeException(nameof(transport)),
        };
    }
}
