using Npgsql;
using StackExchange.Redis;

namespace Fib.AppHost.Dashboard;

/// <summary>The data of the stores.</summary>
internal static class StoredData
{
    /// <summary>Deletes all data. The api creates its tables again when it starts.</summary>
    public static async Task ClearAsync(
        IResourceWithConnectionString database, IResourceWithConnectionString redis, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create((await database.GetConnectionStringAsync(cancellationToken))!);
        await using var command = source.CreateCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var connection = await ConnectionMultiplexer.ConnectAsync((await redis.GetConnectionStringAsync(cancellationToken))!);
        await connection.GetDatabase().ExecuteAsync("FLUSHDB");
    }
}
