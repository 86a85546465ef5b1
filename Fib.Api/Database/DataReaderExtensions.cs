using Fib.Core.Sequence;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>Runs commands that end when the token is cancelled, and reads their rows.</summary>
internal static class DataReaderExtensions
{
    /// <summary>
    /// Returns as soon as the token is cancelled. Npgsql alone would first send a cancellation to the server and wait for it,
    /// which a server that hangs does not answer.
    /// </summary>
    public static async Task<NpgsqlDataReader> ExecuteReaderInTimeAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var execution = command.ExecuteReaderAsync(cancellationToken);
        try
        {
            return await execution.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = DisposeLateAsync(execution);
            throw;
        }
    }

    /// <inheritdoc cref="ExecuteReaderInTimeAsync"/>
    public static Task<object?> ExecuteScalarInTimeAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        command.ExecuteScalarAsync(cancellationToken).WaitAsync(cancellationToken);

    /// <summary>The column as a time, or null.</summary>
    public static DateTime? ReadTime(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);

    /// <summary>Reads the rows of the current result, whose first column is an index.</summary>
    public static async Task<IReadOnlyList<SequenceIndex>> ReadIndexesAsync(
        this NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var indexes = new List<SequenceIndex>();
        while (await reader.ReadAsync(cancellationToken))
            indexes.Add(new SequenceIndex(reader.GetInt32(0)));
        return indexes;
    }

    /// <summary>
    /// Reads the results that remain. The commit is part of the batch: only the end of the batch proves that it is durable.
    /// </summary>
    public static async Task ReadToEndAsync(this NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }

    /// <summary>A reader that arrives after the cancellation must still return its connection to the pool.</summary>
    private static async Task DisposeLateAsync(Task<NpgsqlDataReader> execution)
    {
        await execution.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (execution.IsCompletedSuccessfully)
            await (await execution).DisposeAsync();
    }
}
