using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>
/// Leaves a server that became a replica: closes the connection, so that the client looks the name up and connects anew. It
/// would stay with the replica else, and be refused every write, since a failover moves the name and not the connections.
/// </summary>
internal sealed class PrimaryWatch(IReadOnlyList<IConnectionMultiplexer> connections, Dependency redis, TimeProvider time, ILogger<PrimaryWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Each connection by itself: one with a blocking read answers late.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(connections.Select(connection => WatchAsync(connection, stoppingToken)));

    private Task WatchAsync(IConnectionMultiplexer connection, CancellationToken stoppingToken) =>
        new RetryLoop("The watch over Redis' role", failure => RedisFailure.FindOutage(redis, failure), time, logger).RunAsync(
            async token =>
            {
                await LeaveReplicasAsync([.. connection.GetServers().Where(server => server.IsConnected)]).WaitAsync(token);
                return Interval;
            }, stoppingToken);

    private static async Task LeaveReplicasAsync(IServer[] servers)
    {
        if (servers.Length == 0)
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "There is no connection.");
        if ((await Task.WhenAll(servers.Select(IsPrimaryAsync))).Any(isPrimary => isPrimary))
            return;
        await Task.WhenAll(servers.Select(server => server.ExecuteAsync("QUIT")));
        throw new RedisException("It is a replica; its name is looked up and connected to anew.");
    }

    /// <summary>By the server's word and the client's: it asks for the role itself, but only every minute.</summary>
    private static async Task<bool> IsPrimaryAsync(IServer server) => (string?)(await server.ExecuteAsync("ROLE"))[0] == "master" && !server.IsReplica;
}
