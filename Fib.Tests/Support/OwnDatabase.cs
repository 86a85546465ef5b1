using Fib.Api.Storage;
using Fib.AppHost;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Fib.Tests.Support;

/// <summary>An empty database of a test's own, on the system's server.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly NpgsqlDataSource _server;
    private readonly string _name;

    private OwnDatabase(NpgsqlDataSource server, string name, NpgsqlDataSource source) => (_server, _name, Source) = (server, name, source);

    public NpgsqlDataSource Source { get; }

    public static async Task<OwnDatabase> CreateAsync(FibSystem system)
    {
        var settings = new NpgsqlConnectionStringBuilder(await system.GetConnectionStringAsync(ResourceNames.Database));
        var (server, name) = (NpgsqlDataSource.Create(settings), $"own_{Guid.NewGuid():N}");
        await using (var command = server.CreateCommand($"CREATE DATABASE {name}"))
            await command.ExecuteNonQueryAsync();
        settings.Database = name;
        return new OwnDatabase(server, name, NpgsqlDataSource.Create(settings));
    }

    /// <summary>Creates the schema, as every api does at its start.</summary>
    public async Task<SchemaState> CreateSchemaAsync()
    {
        var state = new SchemaState();
        using var initializer = new SchemaInitializer(Source, state, TimeProvider.System, NullLogger<SchemaInitializer>.Instance);
        await initializer.StartAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(Deadline);
        await state.WaitAsync(deadline.Token);
        await initializer.StopAsync(CancellationToken.None);
        return state;
    }

    public async Task ExecuteAsync(string statements)
    {
        await using var command = Source.CreateCommand(statements);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await using (var command = _server.CreateCommand($"DROP DATABASE {_name} WITH (FORCE)"))
            await command.ExecuteNonQueryAsync();
        await _server.DisposeAsync();
    }
}
