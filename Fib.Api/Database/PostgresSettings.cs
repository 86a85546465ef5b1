using System.Security.Cryptography.X509Certificates;
using Fib.ServiceDefaults.Settings;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Reads the connection string <c>ConnectionStrings:{name}</c>, or, if there is none, PGHOST, PGPORT, PGUSER, PGPASSWORD,
/// PGDATABASE, PGSSLMODE and PGSSLROOTCERT.
/// </summary>
internal static class PostgresSettings
{
    private const string DefaultDatabase = "fibvalues";

    /// <summary>Returns the connection string.</summary>
    /// <exception cref="SettingException">A required variable is missing, or one is malformed.</exception>
    public static string Read(IConfiguration configuration, string name)
    {
        if (configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            return Checked(connectionString, name);

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = configuration.ReadRequired("PGHOST", "the host name of the PostgreSQL server"),
            Port = configuration.ReadPort("PGPORT", NpgsqlConnection.DefaultPort),
            Username = configuration.ReadRequired("PGUSER", "the PostgreSQL user"),
            Password = configuration.ReadRequired("PGPASSWORD", "the PostgreSQL user's password"),
            Database = configuration.ReadText("PGDATABASE") ?? DefaultDatabase,
        };
        settings.Secure(configuration);
        return settings.ConnectionString;
    }

    /// <summary>
    /// The maximum number of connections of one api, 4 to 1,000. The default is 10: four apis and, during a deployment, four
    /// new ones share the smallest RDS instance, which accepts about 80.
    /// </summary>
    /// <exception cref="SettingException">The variable is malformed or out of range.</exception>
    public static int ReadMaxConnections(IConfiguration configuration) => configuration.ReadNumber("DATABASE_CONNECTIONS", 10, 4, 1_000);

    private static string Checked(string connectionString, string name)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return settings.Host is { Length: > 0 } ? settings.ConnectionString : throw new ArgumentException("There is no host.");
        }
        catch (ArgumentException exception)
        {
            throw new SettingException(
                $"ConnectionStrings__{name} is no PostgreSQL connection string: it must look like " +
                "Host=...;Port=5432;Username=...;Password=...;Database=...",
                exception);
        }
    }
}

/// <summary>
/// Encryption of the connection: PGSSLMODE and PGSSLROOTCERT, or, if they are not set and the host is RDS, what RDS needs.
/// </summary>
internal static class PostgresEncryption
{
    private const string RootVariable = "PGSSLROOTCERT";

    /// <summary>
    /// No operating system ships the certificate authorities of RDS (Amazon RDS User Guide, "Using SSL/TLS to encrypt a
    /// connection").
    /// </summary>
    private static readonly string RdsRoots = Path.Combine(AppContext.BaseDirectory, "certificates", "rds.pem");

    public static void Secure(this NpgsqlConnectionStringBuilder settings, IConfiguration configuration)
    {
        var rds = IsRds(settings.Host!);
        if (configuration.ReadText("PGSSLMODE") is { } mode)
            settings.SslMode = ReadSslMode(mode);
        else if (rds)
            settings.SslMode = SslMode.VerifyFull;

        if (configuration.ReadText(RootVariable) is { } certificate)
        {
            settings.RootCertificate = File.Exists(certificate)
                ? certificate
                : throw new SettingException($"{RootVariable} is '{certificate}': there is no such file.");
        }
        else if (rds && settings.SslMode is (SslMode.VerifyCA or SslMode.VerifyFull))
            settings.RootCertificate = RdsRoots;
    }

    /// <summary>
    /// Npgsql reads the variable too and takes an empty value for a file name; in that case this passes the machine's
    /// authorities.
    /// </summary>
    public static void TrustMachineAuthorities(this NpgsqlDataSourceBuilder builder, IConfiguration configuration)
    {
        var settings = builder.ConnectionStringBuilder;
        var isVerified = settings.SslMode is (SslMode.VerifyCA or SslMode.VerifyFull);
        if (configuration[RootVariable] is "" && settings.RootCertificate is null && isVerified)
            builder.UseRootCertificatesCallback(ReadMachineAuthorities);
    }

    private static X509Certificate2Collection ReadMachineAuthorities()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        return store.Certificates;
    }

    /// <summary>Endpoints in China have other certificate authorities.</summary>
    private static bool IsRds(string host) => host.EndsWith(".rds.amazonaws.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Accepts libpq's names (postgresql.org, "Database Connection Control Functions", sslmode).</summary>
    private static SslMode ReadSslMode(string mode) => mode switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new SettingException($"PGSSLMODE is '{mode}': it must be disable, allow, prefer, require, verify-ca or verify-full."),
    };
}
