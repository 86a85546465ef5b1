using Fib.ServiceDefaults.Background;
using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Fib.Redis.Connection;

/// <summary>
/// Closes connections to a server that became a replica, so that the client resolves the host name again and connects to the new
/// primary. A failover moves the name, not the connections: the client would stay with the replica, which rejects every write.
/// </summary>
internal sealed class FailoverMonitor(
    IReadOnlyList<IConnectionMultiplexer> connections, Dependency redis, TimeProvider time, ILogger<FailoverMonitor> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Monitors each connection independently: one with a blocking read answers late.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(connections.Select(connection => MonitorAsync(connection, stoppingToken)));

    private Task MonitorAsync(IConnectionMultiplexer connection, CancellationToken stoppingToken) =>
        new RetryLoop("The failover monitor", exception => RedisFailure.FindOutage(redis, exception), time, logger).RunAsync(
            async token =>
            {
                await CloseReplicasAsync([.. connection.GetServers().Where(server => server.IsConnected)]).WaitAsync(token);
                return Interval;
            }, stoppingToken);

    private static async Task CloseReplicasAsync(IServer[] servers)
    {
        if (servers.Length == 0)
            throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, "There is no connection.");
        if ((await Task.WhenAll(servers.Select(IsPrimaryAsync))).Any(isPrimary => isPrimary))
            return;
        await Task.WhenAll(servers.Select(server => server.ExecuteAsync("QUIT")));
        throw new RedisException("The server is a replica; the client reconnects to its host name.");
    }

    /// <summary>Checks the server's own reply and the role that the client knows, which the client refreshes only once a minute.</summary>
    private static async Task<bool> IsPrimaryAsync(IServer server) =>
        (string?)(await server.ExecuteAsync("ROLE"))[0] == "master" && !server.IsReplica;
}
