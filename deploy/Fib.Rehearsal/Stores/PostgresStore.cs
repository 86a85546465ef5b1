using System.Globalization;
using System.Net;
using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Tools;
using Npgsql;

namespace Fib.Rehearsal.Stores;

/// <summary>A PostgreSQL as RDS has it by default: a connection without TLS is refused.</summary>
internal sealed class PostgresStore : IAsyncDisposable
{
    private const string SystemUser = "postgres";
    private const string User = "fib";
    private const string Database = "fibvalues";
    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly StoreProcess _process;

    /// <summary>Of the newest version that is installed.</summary>
    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).Last();

    private PostgresStore(NpgsqlConnectionStringBuilder address, StoreProcess process) => (_address, _process) = (address, process);

    /// <summary>The environment properties with which a service reaches it, and verifies whom it reached.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties =>
    [
        new("PGHOST", _address.Host!),
        new("PGPORT", _address.Port.ToString(CultureInfo.InvariantCulture)),
        new("PGUSER", User),
        new("PGPASSWORD", _address.Password!),
        new("PGDATABASE", Database),
        new("PGSSLMODE", "verify-full"),
    ];

    /// <summary>Makes a cluster in a folder and starts it.</summary>
    public static async Task<PostgresStore> StartAsync(string parent, IPAddress address, TestAuthority authority, CancellationToken cancellationToken)
    {
        var directory = await StoreProcess.PrepareAsync(Path.Combine(parent, "postgres"), SystemUser, authority, cancellationToken);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.ToString(),
            Port = Engine.FindFreePort(address),
            Username = User,
            Password = Secret.Create(),
            Database = "postgres",
            SslMode = SslMode.VerifyFull,
            RootCertificate = authority.Certificate,
            Pooling = false,
        };
        await MakeClusterAsync(directory, settings.Password, cancellationToken);
        var process = StoreProcess.Start(SystemUser, Path.Combine(Programs, "postgres"), "-D", Path.Combine(directory, "data"), "-h", settings.Host, "-p", settings.Port.ToString(CultureInfo.InvariantCulture), "-k", "",
            "-c", "ssl=on", "-c", $"ssl_cert_file={directory}/server.pem", "-c", $"ssl_key_file={directory}/server.key");
        var store = new PostgresStore(settings, process);
        await process.ReadyAsync(async () =>
        {
            await Eventually.HoldsAsync("PostgreSQL answers", TimeSpan.FromSeconds(30), store.AnswersAsync, cancellationToken);
            await store.ExecuteAsync($"CREATE DATABASE {Database}", cancellationToken);
        });
        settings.Database = Database;
        return store;
    }

    /// <summary>Whether it refuses whoever comes without TLS.</summary>
    public async Task<bool> RefusesPlainAsync(CancellationToken cancellationToken)
    {
        var plain = new NpgsqlConnectionStringBuilder(_address.ConnectionString) { SslMode = SslMode.Disable };
        try
        {
            await using var connection = new NpgsqlConnection(plain.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return false;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification;
        }
    }

    /// <summary>Runs one statement.</summary>
    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_address.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Only TLS, and only with the password.</summary>
    private static async Task MakeClusterAsync(string directory, string password, CancellationToken cancellationToken)
    {
        var (data, passwordFile) = (Path.Combine(directory, "data"), Path.Combine(directory, "password"));
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        await new Command("chown", SystemUser, passwordFile).RunAsync(cancellationToken);
        await StoreProcess.As(SystemUser, Path.Combine(Programs, "initdb"), "--pgdata", data, "--username", User, "--pwfile", passwordFile,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8").RunAsync(cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), "hostssl all all all scram-sha-256\n", cancellationToken);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
