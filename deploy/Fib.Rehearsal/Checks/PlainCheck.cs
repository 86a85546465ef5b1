using Npgsql;

namespace Fib.Rehearsal.Checks;

/// <summary>Whether PostgreSQL refuses whoever comes without TLS.</summary>
internal static class PlainCheck
{
    /// <summary>True where it does.</summary>
    public static async Task<bool> IsRefusedAsync(string connectionString, CancellationToken cancellationToken)
    {
        var plain = new NpgsqlConnectionStringBuilder(connectionString) { SslMode = SslMode.Disable };
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
}
