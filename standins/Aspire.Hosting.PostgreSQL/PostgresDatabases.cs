using Npgsql;

namespace Aspire.Hosting;

/// <summary>Creates the databases of a server that is ready.</summary>
internal static class PostgresDatabases
{
    public static async Task CreateAsync(PostgresServerResource server, IEnumerable<IResource> resources, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(server, "postgres", cancellationToken);
        foreach (var database in resources.OfType<PostgresDatabaseResource>().Where(d => d.Parent == server).ToList())
        {
            var script = database.TryGetLastAnnotation<CreationScriptAnnotation>(out var own)
                ? own.Script
                : $"CREATE DATABASE \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await using var command = new NpgsqlCommand(script, connection);
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
            {
                // Kept from an earlier run.
            }
        }
    }

    /// <summary>A connection without a pool: its server may be gone by the next one.</summary>
    public static async Task<NpgsqlConnection> ConnectAsync(PostgresServerResource server, string database, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(await server.GetConnectionStringAsync(cancellationToken)) { Database = database, Pooling = false, Timeout = 5 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
