using Npgsql;

namespace Fib.Api.Database;

/// <summary>
/// Makes the server notice within about ten seconds that the machine or the network of a client has vanished. If a part of a batch
/// arrived before, its transaction holds <see cref="DatabaseSchema.EventLock"/> until then, and nothing can be committed. The default is
/// two hours on most systems.
/// </summary>
internal static class ServerKeepalives
{
    /// <summary>
    /// In seconds, and a count of probes. Settings of the connection string, the user or the database take precedence. No startup options,
    /// because poolers such as RDS Proxy and PgBouncer reject a connection with these.
    /// </summary>
    internal const string Statement = """
        SELECT set_config(name, value, false)
        FROM (VALUES ('tcp_keepalives_idle', '4'), ('tcp_keepalives_interval', '2'), ('tcp_keepalives_count', '3')) AS wanted (name, value)
        JOIN pg_settings USING (name) WHERE source NOT IN ('client', 'user', 'database', 'database user', 'global')
        """;

    /// <summary>Sets them once for each session.</summary>
    public static void UseServerKeepalives(this NpgsqlDataSourceBuilder dataSource) => dataSource.UsePhysicalConnectionInitializer(
        connection =>
        {
            using var command = new NpgsqlCommand(Statement, connection);
            command.ExecuteNonQuery();
        },
        async connection =>
        {
            await using var command = new NpgsqlCommand(Statement, connection);
            await command.ExecuteNonQueryAsync();
        });
}
