using System.Net;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Redis.Connection;
using StackExchange.Redis;

namespace Fib.Tests.Support;

/// <summary>An empty Redis server for one test.</summary>
internal sealed class ScratchRedis : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private ScratchRedis(TemporaryFolder folder, RedisServer server) => (_folder, Server) = (folder, server);

    public RedisServer Server { get; }

    public static async Task<ScratchRedis> StartAsync()
    {
        var folder = new TemporaryFolder("fib-redis-");
        var place = new StoreSettings(folder.Path, folder.Path, IPAddress.Loopback);
        return new ScratchRedis(folder, await RedisServer.StartAsync(place, keepsData: false, CancellationToken.None));
    }

    /// <summary>A new connection with the options of the test.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync(Action<ConfigurationOptions>? configure = null)
    {
        var settings = Settings.Of([.. Server.Properties.Select(property => (property.Key, (string?)property.Value))]);
        var variables = RedisVariables.Read(settings, "redis");
        var options = ConfigurationOptions.Parse(variables.ConnectionString);
        options.Password = variables.Password;
        configure?.Invoke(options);
        return ConnectionMultiplexer.ConnectAsync(options);
    }

    public Task<string> AskAsync(params string[] command) => Server.ExecuteAsync(CancellationToken.None, command);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
