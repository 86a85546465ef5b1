using System.Data;
using Fib.Api.Storage;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>A connection that hears of every commit with events, until it is disposed of.</summary>
internal sealed class CommitListener : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private CommitListener(NpgsqlConnection connection) => _connection = connection;

    public static async Task<CommitListener> ListenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var listener = new CommitListener(await dataSource.OpenConnectionAsync(cancellationToken));
        try
        {
            await listener.ExecuteAsync($"LISTEN {Schema.EventChannel}", cancellationToken);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns at the next commit, with true, or after the timeout, with false.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _connection.WaitAsync(timeout, cancellationToken);

    /// <summary>In the pool nobody reads what a listening connection hears, and it would pile up on the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = _connection;
        try
        {
            if (connection.FullState == ConnectionState.Open)
                await ExecuteAsync("UNLISTEN *", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // Then the connection is broken, and does not come back.
        }
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
