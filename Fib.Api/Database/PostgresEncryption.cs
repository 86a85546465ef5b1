using System.Security.Cryptography.X509Certificates;
using Fib.ServiceDefaults.Settings;
using Npgsql;

namespace Fib.Api.Database;

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
