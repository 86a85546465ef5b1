using System.Net;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.LocalSystem.Stores;

namespace Fib.Tests.Faults;

/// <summary>An api and its database. The api connects as a user with only the rights that it needs, which tests revoke.</summary>
public sealed class RejectingDatabase : IAsyncLifetime
{
    private const string User = "app", Password = "first";

    private readonly TemporaryFolder _folder = new("fib-rejecting-");
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private LocalService _api = null!;

    internal HttpClient Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var place = new StoreSettings(_folder.Path, _folder.Path, IPAddress.Loopback);
        _postgres = await PostgresServer.StartAsync(place, CancellationToken.None);
        _redis = await RedisServer.StartAsync(place, keepsData: false, CancellationToken.None);
        await ExecuteAsync($"CREATE ROLE {User} LOGIN PASSWORD '{Password}'; GRANT CREATE, USAGE ON SCHEMA public TO {User}");
        _api = new LocalService(
            "api", BuiltProgram.Find("Fib.Api"), _folder.Path,
            [.. _postgres.Properties, .. _redis.Properties, new("PGUSER", User), new("PGPASSWORD", Password)]);
        await _api.Process.StartAsync(CancellationToken.None);
        await _api.Process.WaitHealthyAsync(CancellationToken.None);
        Api = new HttpClient { BaseAddress = _api.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        foreach (var part in (IAsyncDisposable?[])[_api, _redis, _postgres])
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    /// <summary>Executes a statement as the administrator of the server.</summary>
    internal Task ExecuteAsync(string statement) => _postgres.ExecuteAsync(statement, CancellationToken.None);

    /// <summary>Terminates the sessions of the api, as a restart or a failover does.</summary>
    internal Task TerminateSessionsAsync() =>
        ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{User}'");

    internal Task RestartApiAsync() => _api.Process.RestartAsync(CancellationToken.None);

    internal string ReadLog()
    {
        using var log = new StreamReader(new FileStream(_api.Process.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }
}
