using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace StandIns.Tests.Support;

/// <summary>A real redis-server of the test's own: free loopback ports, with and without TLS, a unix socket, a generated password.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("redis-");
    private readonly X509Certificate2 _certificate = SelfMadeCertificate.Create();
    private readonly string _password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private Process? _process;

    private RedisServer()
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _certificate.Write(InHome("cert.pem"), InHome("key.pem"));
    }

    internal EndPoint Plain { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    internal EndPoint Tls { get; private set; } = new IPEndPoint(IPAddress.Loopback, 0);

    internal EndPoint Unix => new UnixDomainSocketEndPoint(InHome("redis.sock"));

    internal static void SkipIfNotInstalled() => Skip.If(
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).All(
            folder => !File.Exists(Path.Combine(folder, "redis-server"))),
        "redis-server is not installed (Debian: apt-get install redis-server).");

    internal static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        for (var attempt = 1; ; attempt++)
        {
            (server.Plain, server.Tls) = FreeEndPoints();
            if (await server.TryRunAsync()) return server;
            Assert.True(attempt < 5, "redis-server does not start.");
        }
    }

    /// <summary>Settings that reach this server and wait long enough for a busy machine.</summary>
    internal ConfigurationOptions Options(EndPoint? endPoint = null)
    {
        endPoint ??= Plain;
        var options = new ConfigurationOptions
        {
            EndPoints = { endPoint },
            Password = _password,
            Ssl = endPoint == Tls,
            SslHost = "localhost",
            AbortOnConnectFail = false,
            ConnectTimeout = 10_000,
            SyncTimeout = 20_000,
            AsyncTimeout = 20_000,
            ReconnectRetryPolicy = new LinearRetry(50),
            HeartbeatInterval = TimeSpan.FromMilliseconds(200),
        };
        options.CertificateValidation += (_, certificate, _, _) =>
            certificate?.GetCertHashString() == _certificate.GetCertHashString();
        return options;
    }

    internal Task<ConnectionMultiplexer> ConnectAsync(EndPoint? endPoint = null) =>
        ConnectionMultiplexer.ConnectAsync(Options(endPoint));

    internal Task FreezeAsync() => SignalAsync("-STOP");

    internal Task ThawAsync() => SignalAsync("-CONT");

    internal async Task RestartAsync()
    {
        await KillAsync();
        Assert.True(await TryRunAsync(), "redis-server does not start again.");
    }

    internal async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (_process is not null) await KillAsync();
        _certificate.Dispose();
        _home.Delete(recursive: true);
    }

    private static (EndPoint Plain, EndPoint Tls) FreeEndPoints()
    {
        using TcpListener first = new(IPAddress.Loopback, 0), second = new(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (first.LocalEndpoint, second.LocalEndpoint);
    }

    private async Task<bool> TryRunAsync()
    {
        await File.WriteAllTextAsync(InHome("redis.conf"), $"""
            bind 127.0.0.1
            port {((IPEndPoint)Plain).Port}
            tls-port {((IPEndPoint)Tls).Port}
            tls-cert-file cert.pem
            tls-key-file key.pem
            tls-auth-clients no
            unixsocket redis.sock
            requirepass {_password}
            save ""
            """);
        _process = Process.Start(new ProcessStartInfo("redis-server", "redis.conf")
        {
            WorkingDirectory = _home.FullName,
            RedirectStandardOutput = true,
        })!;

        // The unix socket is announced last; without an announcement the process has ended, most often over a port taken.
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("accept connections at", StringComparison.Ordinal)) continue;
            _ = _process.StandardOutput.ReadToEndAsync();
            return true;
        }

        await KillAsync();
        return false;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString()]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private void OnExit(object? sender, EventArgs e) => _process?.Kill();

    private string InHome(string file) => Path.Combine(_home.FullName, file);
}
