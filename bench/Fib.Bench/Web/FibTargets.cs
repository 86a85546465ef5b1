using System.Globalization;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.Bench.Web;

/// <summary>A Fib system with two targets: through the bundle's nginx, and through the gateway.</summary>
internal sealed class FibTargets : IAsyncDisposable
{
    private const string Fill = """
        TRUNCATE submission, outcome, pending_term;
        INSERT INTO submission (index) SELECT n % @keys FROM generate_series(0, @rows - 1) AS n;
        INSERT INTO outcome (index, digits, preview, computed_at)
            SELECT n, length(($1::text[])[1 + n % 90]), ($1::text[])[1 + n % 90], clock_timestamp() FROM generate_series(0, @keys - 1) AS n;
        """;

    private readonly TemporaryFolder _folder = new("fib-bench-");
    private readonly RunningSystem _system;
    private LocalProcess? _nginx;

    private FibTargets(RunningSystem system) => _system = system;

    public RunningSystem System => _system;

    public Target Nginx { get; private set; } = null!;

    public Target Yarp { get; private set; } = null!;

    public static async Task<FibTargets> StartAsync(MeasuredBundle bundle, SystemSettings settings, CancellationToken cancellationToken)
    {
        var targets = new FibTargets(await RunningSystem.StartAsync(settings, cancellationToken));
        try
        {
            await targets.AddTargetsAsync(bundle, cancellationToken);
            return targets;
        }
        catch
        {
            await targets.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        await _system.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AddTargetsAsync(MeasuredBundle bundle, CancellationToken cancellationToken)
    {
        var api = _system.Apis[0];
        (_nginx, var address) = await Target.StartNginxAsync(
            "nginx", _folder.Path, port => bundle.WriteNginx(
                _folder.Path, port, _system.Apis.Select(replica => replica.Address), _system.Web.Address), cancellationToken);
        LocalProcess[] shared =
        [
            .. _system.Apis.Select(replica => replica.Process), .. _system.Workers.Select(worker => worker.Process),
            _system.Postgres.Process, _system.Redis.Process,
        ];
        Nginx = new Target("nginx", address, api.Process, api.Address, [_nginx, .. shared], SeedAsync) { HasEventStream = true };
        Yarp = new Target("YARP", _system.Gateway.Address, api.Process, api.Address, [_system.Gateway.Process, .. shared], SeedAsync)
        {
            HasEventStream = true,
        };
    }

    private async Task SeedAsync(int rows, int keys, CancellationToken cancellationToken)
    {
        await using var connection = await _system.Postgres.OpenAsync(cancellationToken);
        var statements = Fill
            .Replace("@rows", Text(rows), StringComparison.Ordinal).Replace("@keys", Text(keys), StringComparison.Ordinal)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // One transaction: outcomes of the previous run that are still being written must not interleave.
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection, transaction) { CommandTimeout = 120 };
            if (statement.Contains('$', StringComparison.Ordinal))
                command.Parameters.Add(new() { Value = SampleTerms.All });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await VacuumAsync(connection, cancellationToken);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Vacuums and writes a checkpoint, so that neither happens during a measurement.</summary>
    internal static async Task VacuumAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var statement in (string[])["VACUUM ANALYZE", "CHECKPOINT"])
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 120 };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
