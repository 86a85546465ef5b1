using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Stores;

/// <summary>A real Redis with a password. With a certificate it accepts only TLS, as ElastiCache does by default.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Command _client;
    private readonly string _data;

    private RedisServer(StoreSettings settings, int port, string password, string data, ProcessSpec spec)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        string[] tls = settings.Certificate is { } certificate ? ["--tls", "--cacert", certificate.Authority] : [];
        _data = data;
        _client = new Command("redis-cli", ["-h", settings.Address.ToString(), "-p", number, .. tls])
        {
            Environment = new Dictionary<string, string?> { ["REDISCLI_AUTH"] = password },
        };
        Process = new LocalProcess(spec, async token => await ExecuteAsync(token, "ping") == "PONG");
        Properties =
        [
            new("REDIS_HOST", settings.Address.ToString()),
            new("REDIS_PORT", number),
            new("REDIS_TLS", settings.Certificate is null ? "" : "true"),
            new("REDIS_PASSWORD", password),
        ];
    }

    /// <summary>The server process.</summary>
    public LocalProcess Process { get; }

    /// <summary>The environment properties with which a service connects.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties { get; }

    /// <summary>Starts an empty server and waits until it serves.</summary>
    /// <param name="settings">Its files, address and certificate.</param>
    /// <param name="keepsData">Whether an append-only file keeps its data over a crash.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<RedisServer> StartAsync(StoreSettings settings, bool keepsData, CancellationToken cancellationToken)
    {
        var user = SystemUser.Of("redis");
        var directory = await settings.PrepareFolderAsync("redis", user, cancellationToken);
        var (port, password) = (FreePort.Find(settings.Address), Secret.Create());
        var data = Directory.CreateDirectory(Path.Combine(directory, "data")).FullName;
        var file = Path.Combine(directory, "redis.conf");
        // The password goes into a file: every user can read a command line.
        await File.WriteAllTextAsync(file, $"""
            bind {settings.Address}
            {PortSettings(settings, port, directory)}
            requirepass {password}
            dir {data}
            save ""
            appendonly {(keepsData ? "yes" : "no")}
            """, cancellationToken);
        await SystemUser.OwnAsync(user, directory, cancellationToken);
        var spec = new ProcessSpec("redis", "redis-server", file) { Log = Path.Combine(settings.Logs, "redis.log"), User = user };
        var store = new RedisServer(settings, port, password, data, spec);
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

    /// <summary>Executes a command with redis-cli.</summary>
    /// <returns>The reply; empty if the server is unavailable.</returns>
    public async Task<string> ExecuteAsync(CancellationToken cancellationToken, params string[] command) =>
        (await (_client with { Arguments = [.. _client.Arguments, .. command] }).TryRunAsync(cancellationToken)).Output.TrimEnd();

    /// <summary>Removes the data files; call it only while the server does not run.</summary>
    public void RemoveData()
    {
        foreach (var directory in Directory.GetDirectories(_data))
            Directory.Delete(directory, recursive: true);
        foreach (var file in Directory.GetFiles(_data))
            File.Delete(file);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string PortSettings(StoreSettings settings, int port, string directory) => settings.Certificate is null
        ? string.Create(CultureInfo.InvariantCulture, $"port {port}")
        : string.Create(CultureInfo.InvariantCulture, $"""
            port 0
            tls-port {port}
            tls-cert-file {directory}/server.pem
            tls-key-file {directory}/server.key
            tls-ca-cert-file {directory}/server.pem
            tls-auth-clients no
            """);
}
