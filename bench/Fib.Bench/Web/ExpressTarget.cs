using System.Globalization;
using System.Net;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.Bench.Web;

/// <summary>A baseline: Express behind nginx, with a database of its own on the same PostgreSQL server.</summary>
internal sealed class ExpressTarget : IAsyncDisposable
{
    /// <summary>The target with one process.</summary>
    public const string Name = "Express";

    /// <summary>The target with two processes, prepared statements, kept connections and a buffered log.</summary>
    public const string TunedName = "Express, tuned";

    private const string Fill = """
        redis.call('DEL', KEYS[1])
        for n = 0, ARGV[1] - 1 do redis.call('HSET', KEYS[1], n, ARGV[2 + n % 90]) end
        """;

    private readonly TemporaryFolder _folder = new("fib-express-");
    private readonly RunningSystem _stores;
    private readonly bool _isTuned;
    private readonly List<LocalProcess> _processes = [];

    private ExpressTarget(RunningSystem stores, bool isTuned) => (_stores, _isTuned) = (stores, isTuned);

    private string Database => _isTuned ? "express_tuned" : "express";

    public Target Target { get; private set; } = null!;

    /// <summary>Starts Express beside a system whose stores it shares.</summary>
    /// <param name="stores">That system.</param>
    /// <param name="source">The folder with the programs and the installed npm packages.</param>
    /// <param name="workers">The number of nginx worker processes.</param>
    /// <param name="isTuned">Whether it is the target <see cref="TunedName"/>.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<ExpressTarget> StartAsync(
        RunningSystem stores, string source, string workers, bool isTuned, CancellationToken cancellationToken)
    {
        var express = new ExpressTarget(stores, isTuned);
        try
        {
            await stores.Postgres.ExecuteAsync($"CREATE DATABASE {express.Database}", cancellationToken);
            await express.AddAsync(source, workers, cancellationToken);
            return express;
        }
        catch
        {
            await express.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddAsync(string source, string workers, CancellationToken cancellationToken)
    {
        var direct = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find(IPAddress.Loopback)}/"));
        var server = await StartNodeAsync(source, "server", direct, token => Target.RespondsAsync(direct, token), cancellationToken);
        var worker = await StartNodeAsync(source, "worker", direct, _ => Task.FromResult(true), cancellationToken);
        var (nginx, address) = await Target.StartNginxAsync(
            "nginx", _folder.Path, port => WriteNginx(source, port, direct, workers), cancellationToken);
        _processes.Add(nginx);
        LocalProcess[] processes = [nginx, server, worker, _stores.Postgres.Process, _stores.Redis.Process];
        Target = new Target(_isTuned ? TunedName : Name, address, server, direct, processes, SeedAsync);
    }

    private async Task<LocalProcess> StartNodeAsync(
        string source, string program, Uri address, Func<CancellationToken, Task<bool>> isHealthy, CancellationToken cancellationToken)
    {
        var redis = _stores.Redis.Properties.ToDictionary();
        var process = new LocalProcess(new ProcessSpec(program, "node", $"{program}.js")
        {
            Directory = source,
            Log = Path.Combine(_folder.Path, $"{program}.log"),
            Variables =
            [
                .. _stores.Postgres.Properties, new("PGDATABASE", Database),
                new("REDIS_URL", $"redis://:{redis["REDIS_PASSWORD"]}@{redis["REDIS_HOST"]}:{redis["REDIS_PORT"]}"),
                new("PORT", address.Port.ToString(CultureInfo.InvariantCulture)), new("NODE_ENV", "production"),
                .. _isTuned ? (KeyValuePair<string, string>[])[new("PROCESSES", "2"), new("PREPARED", "true")] : [],
            ],
        }, isHealthy);
        _processes.Add(process);
        await process.StartAsync(cancellationToken);
        await process.WaitHealthyAsync(cancellationToken);
        return process;
    }

    private string WriteNginx(string source, int port, Uri api, string workers)
    {
        var file = Path.Combine(_folder.Path, "nginx.conf");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(source, "nginx.conf"))
            .Replace("@workers@", workers, StringComparison.Ordinal).Replace("@directory@", _folder.Path, StringComparison.Ordinal)
            .Replace("@port@", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@api@", api.Authority, StringComparison.Ordinal)
            .Replace("@buffer@", _isTuned ? " buffer=32k flush=1s" : "", StringComparison.Ordinal)
            .Replace("#tuned ", _isTuned ? "" : "#tuned ", StringComparison.Ordinal));
        return file;
    }

    private async Task SeedAsync(int rows, int keys, CancellationToken cancellationToken)
    {
        var address = new NpgsqlConnectionStringBuilder(_stores.Postgres.ConnectionString) { Database = Database };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var fill = string.Create(
            CultureInfo.InvariantCulture,
            $"TRUNCATE course_value; INSERT INTO course_value SELECT n % {keys} FROM generate_series(0, {rows} - 1) AS n");
        await using (var command = new NpgsqlCommand(fill, connection) { CommandTimeout = 120 })
            await command.ExecuteNonQueryAsync(cancellationToken);
        await FibTargets.VacuumAsync(connection, cancellationToken);
        await _stores.Redis.ExecuteAsync(
            cancellationToken, ["eval", Fill, "1", $"{Database}:values", keys.ToString(CultureInfo.InvariantCulture), .. SampleTerms.All]);
    }
}
