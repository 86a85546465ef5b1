using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Stores;

/// <summary>A real Redis with a password; with a certificate TLS only, as ElastiCache has it by default.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Command _client;
    private readonly string _data;

    private RedisServer(StorePlace place, int port, string password, string data, ProcessSpec spec)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        string[] tls = place.Certificate is { } certificate ? ["--tls", "--cacert", certificate.Authority] : [];
        _data = data;
        _client = new Command("redis-cli", ["-h", place.Address.ToString(), "-p", number, .. tls]) { Environment = new Dictionary<string, string?> { ["REDISCLI_AUTH"] = password } };
        Process = new LocalProcess(spec, async token => await AskAsync(token, "ping") == "PONG");
        Properties =
        [
            new("REDIS_HOST", place.Address.ToString()),
            new("REDIS_PORT", number),
            new("REDIS_TLS", place.Certificate is null ? "" : "true"),
            new("REDIS_PASSWORD", password),
        ];
    }

    /// <summary>The server.</summary>
    public LocalProcess Process { get; }

    /// <summary>The environment properties with which a service reaches it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties { get; }

    /// <summary>Starts an empty one; returns when it serves.</summary>
    /// <param name="place">Where.</param>
    /// <param name="keepsData">Whether it has its data again after a crash, by an append-only file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RedisServer> StartAsync(StorePlace place, bool keepsData, CancellationToken cancellationToken)
    {
        var user = SystemUser.Of("redis");
        var directory = await place.PrepareAsync("redis", user, cancellationToken);
        var (port, password) = (FreePort.Find(place.Address), Secret.Create());
        var (data, settings) = (Directory.CreateDirectory(Path.Combine(directory, "data")).FullName, Path.Combine(directory, "redis.conf"));
        // Settings in a file: a command line is everybody's to read.
        await File.WriteAllTextAsync(settings, $"""
            bind {place.Address}
            {(place.Certificate is null ? $"port {port}" : $"port 0\ntls-port {port}\ntls-cert-file {directory}/server.pem\ntls-key-file {directory}/server.key\ntls-ca-cert-file {directory}/server.pem\ntls-auth-clients no")}
            requirepass {password}
            dir {data}
            save ""
            appendonly {(keepsData ? "yes" : "no")}
            """, cancellationToken);
        await SystemUser.OwnAsync(user, directory, cancellationToken);
        var store = new RedisServer(place, port, password, data, new ProcessSpec("redis", "redis-server", settings) { Log = Path.Combine(place.Logs, "redis.log"), User = user });
        try
        {
            await store.Process.StartAsync(cancellationToken);
            await store.Process.WaitHealthyAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>What redis-cli answers to a command; empty where the server is away.</summary>
    public async Task<string> AskAsync(CancellationToken cancellationToken, params string[] command) =>
        (await (_client with { Arguments = [.. _client.Arguments, .. command] }).TryRunAsync(cancellationToken)).Output.TrimEnd();

    /// <summary>Removes its files; only while it does not run.</summary>
    public void RemoveData()
    {
        foreach (var directory in Directory.GetDirectories(_data))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.GetFiles(_data))
            File.Delete(file);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
