using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Gives up on a database that hangs at the token's word: the client would first try to tell the server, and wait for that too.</summary>
internal static class DeadlineExtensions
{
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

    public static Task<object?> ExecuteScalarInTimeAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        command.ExecuteScalarAsync(cancellationToken).WaitAsync(cancellationToken);

    /// <summary>A reader that comes all the same must give its connection back.</summary>
    private static async Task DisposeLateAsync(Task<NpgsqlDataReader> execution)
    {
        await execution.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (execution.IsCompletedSuccessfully)
            await (await execution).DisposeAsync();
    }
}
