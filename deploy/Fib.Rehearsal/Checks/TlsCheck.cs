using Npgsql;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks that PostgreSQL requires TLS.</summary>
internal static class TlsCheck
{
    /// <summary>Whether PostgreSQL rejects a connection without TLS.</summary>
    public static async Task<bool> RejectsPlaintextAsync(string connectionString, CancellationToken cancellationToken)
    {
        var plaintext = new NpgsqlConnectionStringBuilder(connectionString) { SslMode = SslMode.Disable };
        try
        {
            await using var connection = new NpgsqlConnection(plaintext.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return false;
        }
        catch (PostgresException exception)
        {
            return exception.SqlState == PostgresErrorCodes.InvalidAuthorizationSpecification;
        }
    }
}
