using Npgsql;

namespace Fib.Api.Storage;

internal static class ReaderExtensions
{
    /// <summary>A time, or null.</summary>
    public static DateTime? ReadTime(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);

    /// <summary>The commit is part of a batch: only its end says that it is durable.</summary>
    public static async Task ReadToEndAsync(this NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }
}
