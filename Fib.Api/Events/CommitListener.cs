using System.Data;
using Fib.Api.Database;
using Npgsql;

namespace Fib.Api.Events;

/// <summary>A connection that is notified of every commit with events.</summary>
internal sealed class CommitListener : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private CommitListener(NpgsqlConnection connection) => _connection = connection;

    public static async Task<CommitListener> ListenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var listener = new CommitListener(await dataSource.OpenConnectionAsync(cancellationToken));
        try
        {
            await listener.ExecuteAsync($"LISTEN {DatabaseSchema.EventChannel}", cancellationToken);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns true at the next commit, or false after the timeout.</summary>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _connection.WaitAsync(timeout, cancellationToken);

    /// <summary>
    /// The newest id that was drawn. It is below a known id only if the database was recreated. The query uses the listening connection: it
    /// fails if that is lost without notice, on which no notification would ever arrive. It is not cancelled, because the connection must
    /// not be closed while it is in use; the command timeout limits it.
    /// </summary>
    public async Task<long> GetLastDrawnIdAsync()
    {
        await using var command = new NpgsqlCommand("SELECT last_value FROM fib_event", _connection);
        return (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }

    /// <summary>
    /// The pool does not read notifications, so those of a pooled connection that still listens would accumulate on the
    /// server.
    /// </summary>
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
            // The connection is broken, and the pool discards it.
        }
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, _connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
