using System.Runtime.CompilerServices;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Reads the submissions in their order. They are only ever added to, so the newest one's id stands for them all.</summary>
internal sealed class HistoryReader(NpgsqlDataSource dataSource)
{
    /// <summary>The newest submission's id; 0 where there is none.</summary>
    public async Task<long> GetNewestIdAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT coalesce(max(id), 0) FROM submission");
        return (long)(await command.ExecuteScalarInTimeAsync(cancellationToken))!;
    }

    /// <summary>The submissions from an id on, oldest first, at most <paramref name="limit"/>.</summary>
    public async IAsyncEnumerable<HistoryEntry> ReadFromAsync(long id, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT id, index, accepted_at FROM submission WHERE id >= $1 ORDER BY id LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new HistoryEntry(reader.GetInt64(0), reader.GetInt32(1), reader.GetDateTime(2));
    }
}
