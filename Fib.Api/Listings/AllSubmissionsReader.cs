using System.Runtime.CompilerServices;
using Fib.Api.Database;
using Npgsql;

namespace Fib.Api.Listings;

/// <summary>One submission. No other submission, of this or of another database, is equal to it.</summary>
internal readonly record struct StoredSubmission(long Id, int Index, DateTime AcceptedAt);

/// <summary>
/// Reads the submissions in ascending order of id. Submissions are only added, so the newest id identifies the whole list.
/// </summary>
internal sealed class AllSubmissionsReader(NpgsqlDataSource dataSource)
{
    /// <summary>The id of the newest submission; 0 if there is none.</summary>
    public async Task<long> GetNewestIdAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT coalesce(max(id), 0) FROM submission");
        return (long)(await command.ExecuteScalarInTimeAsync(cancellationToken))!;
    }

    /// <summary>The submissions from an id on, oldest first, at most <paramref name="limit"/>.</summary>
    public async IAsyncEnumerable<StoredSubmission> ReadFromAsync(
        long id, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            "SELECT id, index, accepted_at FROM submission WHERE id >= $1 ORDER BY id LIMIT $2");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new StoredSubmission(reader.GetInt64(0), reader.GetInt32(1), reader.GetDateTime(2));
    }
}
