using System.Globalization;
using Fib.LocalSystem.Processes;
using Npgsql;

namespace Fib.LocalSystem.Stores;

/// <summary>
/// A real PostgreSQL with a cluster of its own and the settings that it has by itself, so a commit is durable. With a
/// certificate, a connection without TLS is refused, as RDS does by default.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "fib";
    private const string Database = "fibvalues";
    private readonly NpgsqlConnectionStringBuilder _address;

    /// <summary>Of the newest version that is installed.</summary>
    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).Last();

    private PostgresServer(NpgsqlConnectionStringBuilder address, ProcessSpec spec) =>
        (_address, Process) = (address, new LocalProcess(spec, AnswersAsync));

    /// <summary>The server; its children are the connections and the writers.</summary>
    public LocalProcess Process { get; }

    /// <summary>Leads to the database, without a pool.</summary>
    public string ConnectionString => _address.ConnectionString;

    /// <summary>The environment properties with which a service reaches it, and over TLS verifies whom it reached.</summary>
    public IEnumerable<KeyValuePair<string, string>> Properties =>
    [
        new("PGHOST", _address.Host!),
        new("PGPORT", _address.Port.ToString(CultureInfo.InvariantCulture)),
        new("PGUSER", User),
        new("PGPASSWORD", _address.Password!),
        new("PGDATABASE", Database),
        new("PGSSLMODE", _address.SslMode == SslMode.VerifyFull ? "verify-full" : "disable"),
    ];

    /// <summary>Makes a cluster and starts it; returns when the database is there.</summary>
    public static async Task<PostgresServer> StartAsync(StorePlace place, CancellationToken cancellationToken)
    {
        var user = SystemUser.Of("postgres");
        var directory = await place.PrepareAsync("postgres", user, cancellationToken);
        var address = Address(place);
        await MakeClusterAsync(directory, user, address, cancellationToken);
        var store = new PostgresServer(address, Spec(place, directory, user, address));
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

    /// <summary>A new connection to the database.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("SELECT 1", cancellationToken);
        return true;
    }

    private static NpgsqlConnectionStringBuilder Address(StorePlace place) => new()
    {
        Host = place.Address.ToString(),
        Port = FreePort.Find(place.Address),
        Username = User,
        Password = Secret.Create(),
        Database = "postgres",
        SslMode = place.Certificate is null ? SslMode.Disable : SslMode.VerifyFull,
        RootCertificate = place.Certificate?.Authority,
        Pooling = false,
        Timeout = 5,
    };

    private static ProcessSpec Spec(StorePlace place, string directory, string? user, NpgsqlConnectionStringBuilder address)
    {
        string[] tls = place.Certificate is null ? [] : ["-c", "ssl=on", "-c", $"ssl_cert_file={directory}/server.pem", "-c", $"ssl_key_file={directory}/server.key"];
        return new ProcessSpec(
            "postgres", Path.Combine(Programs, "postgres"),
            ["-D", Path.Combine(directory, "data"), "-h", address.Host!, "-p", address.Port.ToString(CultureInfo.InvariantCulture), "-k", "", .. tls])
        {
            Log = Path.Combine(place.Logs, "postgres.log"),
            User = user,
            EndSignal = Signals.Interrupt,
        };
    }

    /// <summary>Only with the password, and only over TLS where there is a certificate.</summary>
    private static async Task MakeClusterAsync(string directory, string? user, NpgsqlConnectionStringBuilder address, CancellationToken cancellationToken)
    {
        var (data, passwordFile) = (Path.Combine(directory, "data"), Path.Combine(directory, "password"));
        await File.WriteAllTextAsync(passwordFile, address.Password, cancellationToken);
        await SystemUser.OwnAsync(user, passwordFile, cancellationToken);
        await SystemUser.RunAsync(
            user, Path.Combine(Programs, "initdb"),
            ["--pgdata", data, "--username", User, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"], cancellationToken);
        var door = address.SslMode == SslMode.Disable ? "host" : "hostssl";
        await File.WriteAllTextAsync(Path.Combine(data, "pg_hba.conf"), $"{door} all all all scram-sha-256\n", cancellationToken);
    }
}
