using System.Globalization;
using System.Net;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Tools;

namespace Fib.Rehearsal.Stores;

/// <summary>A Redis as ElastiCache has it by default: TLS only, and a password.</summary>
internal sealed class RedisStore : IAsyncDisposable
{
    private const string SystemUser = "redis";
    private readonly StoreProcess _process;

    private RedisStore(IPAddress address, int port, string password, StoreProcess process)
    {
        _process = process;
        Properties =
        [
            new("REDIS_HOST", address.ToString()),
            new("REDIS_PORT", port.ToString(CultureInfo.InvariantCulture)),
            new("REDIS_TLS", "true"),
            new("REDIS_PASSWORD", password),
        ];
    }

    /// <summary>The environment properties with which a service reaches it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties { get; }

    /// <summary>Starts an empty one.</summary>
    public static async Task<RedisStore> StartAsync(string parent, IPAddress address, TestAuthority authority, CancellationToken cancellationToken)
    {
        var directory = await StoreProcess.PrepareAsync(Path.Combine(parent, "redis"), SystemUser, authority, cancellationToken);
        var (port, password) = (Engine.FindFreePort(address), Secret.Create());
        // Settings in a file: a command line is everybody's to read.
        var settings = Path.Combine(directory, "redis.conf");
        await File.WriteAllTextAsync(settings, $"""
            bind {address}
            port 0
            tls-port {port}
            tls-cert-file {directory}/server.pem
            tls-key-file {directory}/server.key
            tls-ca-cert-file {directory}/server.pem
            tls-auth-clients no
            requirepass {password}
            dir {directory}
            save ""
            """, cancellationToken);
        await new Command("chown", SystemUser, settings).RunAsync(cancellationToken);
        var process = StoreProcess.Start(SystemUser, "redis-server", settings);
        var ping = new Command("redis-cli", "-h", address.ToString(), "-p", port.ToString(CultureInfo.InvariantCulture), "--tls", "--cacert", authority.Certificate, "ping")
        {
            Environment = new Dictionary<string, string?> { ["REDISCLI_AUTH"] = password },
        };
        await process.ReadyAsync(() => Eventually.HoldsAsync("Redis answers", TimeSpan.FromSeconds(15),
            async token => (await ping.TryRunAsync(token)).Output.StartsWith("PONG", StringComparison.Ordinal), cancellationToken));
        return new RedisStore(address, port, password, process);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
