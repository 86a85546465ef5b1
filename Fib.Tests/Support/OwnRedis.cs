using System.Net;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Tests.Support;

/// <summary>An empty Redis of a test's own.</summary>
internal sealed class OwnRedis : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private OwnRedis(TemporaryFolder folder, RedisServer server) => (_folder, Server) = (folder, server);

    public RedisServer Server { get; }

    public static async Task<OwnRedis> StartAsync()
    {
        var folder = new TemporaryFolder("fib-redis-");
        return new OwnRedis(folder, await RedisServer.StartAsync(new StoreSettings(folder.Path, folder.Path, IPAddress.Loopback), keepsData: false, CancellationToken.None));
    }

    /// <summary>A new connection, with what the test changes of its options.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync(Action<ConfigurationOptions>? change = null)
    {
        var settings = Settings.Of([.. Server.Properties.Select(property => (property.Key, (string?)property.Value))]);
        var variables = RedisVariables.Read(settings, "redis");
        var options = ConfigurationOptions.Parse(variables.ConnectionString);
        options.Password = variables.Password;
        change?.Invoke(options);
        return ConnectionMultiplexer.ConnectAsync(options);
    }

    public Task<string> AskAsync(params string[] command) => Server.ExecuteAsync(CancellationToken.None, command);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
