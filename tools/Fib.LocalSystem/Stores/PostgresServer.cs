using System.Globalization;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.LocalSystem.Stores;

/// <summary>
/// A real PostgreSQL with a cluster of its own and the default settings, so a commit is durable. With a certificate it rejects
/// connections without TLS, as RDS does by default.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "fib";
    private const string Database = "fibvalues";
    private readonly NpgsqlConnectionStringBuilder _address;

    /// <summary>The folder with the programs of the newest installed version.</summary>
    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql")
        .Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).Last();

    private PostgresServer(NpgsqlConnectionStringBuilder address, ProcessSpec spec) =>
        (_address, Process) = (address, new LocalProcess(spec, IsHealthyAsync));

    /// <summary>The server process; its children serve the connections and write to disk.</summary>
    public LocalProcess Process { get; }

    /// <summary>The connection string of the database, without pooling.</summary>
    public string ConnectionString => _address.ConnectionString;

    /// <summary>The environment properties with which a service connects; with TLS it verifies the certificate.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties =>
    [
        new("PGHOST", _address.Host!),
        new("PGPORT", _address.Port.ToString(CultureInfo.InvariantCulture)),
        new("PGUSER", User),
        new("PGPASSWORD", _address.Password!),
        new("PGDATABASE", Database),
        new("PGSSLMODE", _address.SslMode == SslMode.VerifyFull ? "verify-full" : "disable"),
    ];

    /// <summary>Creates and starts a cluster, and creates the database.</summary>
    public static async Task<PostgresServer> StartAsync(StoreSettings settings, CancellationToken cancellationToken)
    {
        var user = SystemUser.Of("postgres");
        var directory = await settings.PrepareFolderAsync("postgres", user, cancellationToken);
        var address = Address(settings);
        await CreateClusterAsync(directory, user, address, cancellationToken);
        var store = new PostgresServer(address, Spec(settings, directory, user, address));
        try
        {
            await store.Process.StartAsync(cancellationToken);
            await store.Process.WaitHealthyAsync(cancellationToken);
            await store.ExecuteAsync($"CREATE DATABASE {Database}", cancellationToken);
            address.Database = Database;
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs one statement.</summary>
    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Opens a new connection to the database.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("SELECT 1", cancellationToken);
        return true;
    }

    private static NpgsqlConnectionStringBuilder Address(StoreSettings settings) => new()
    {
        Host = settings.Address.ToString(),
        Port = FreePort.Find(settings.Address),
        Username = User,
        Password = Secret.Create(),
        Database = "postgres",
        SslMode = settings.Certificate is null ? SslMode.Disable : SslMode.VerifyFull,
        RootCertificate = settings.Certificate?.Authority,
        Pooling = false,
        Timeout = 5,
    };

    private static ProcessSpec Spec(StoreSettings settings, string directory, string? user, NpgsqlConnectionStringBuilder address)
    {
        string[] tls = settings.Certificate is null
            ? []
            : ["-c", "ssl=on", "-c", $"ssl_cert_file={directory}/server.pem", "-c", $"ssl_key_file={directory}/server.key"];
        return new ProcessSpec(
            "postgres", Path.Combine(Programs, "postgres"),
            [
                "-D", Path.Combine(directory, "data"), "-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture),
                "-k", "", .. tls,
            ])
        {
            Log = Path.Combine(settings.Logs, "postgres.log"),
            User = user,
            EndSignal = Signals.Interrupt,
        };
    }

    /// <summary>The cluster accepts only connections with the password and, with a certificate, only TLS.</summary>
    private static async Task CreateClusterAsync(
        string directory, string? user, NpgsqlConnectionStringBuilder address, CancellationToken cancellationToken)
    {
        var (data, passwordFile) = (Path.Combine(directory, "data"), Path.Combine(directory, "password"));
        await File.WriteAllTextAsync(passwordFile, address.Password, cancellationToken);
        await SystemUser.OwnAsync(user, passwordFile, cancellationToken);
        await SystemUser.RunAsync(
            user, Path.Combine(Programs, "initdb"),
            [
                "--pgdata", data, "--username", User, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8",
                "--locale", "C",
            ], cancellationToken);
        var connectionType = address.SslMode == SslMode.Disable ? "host" : "hostssl";
        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), $"{connectionType} all all all scram-sha-256\n", cancellationToken);
    }
}
