using Fib.Api.Database;
using Fib.Api.Submissions;
using Fib.Api.Terms;
using Fib.AppHost;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Fib.Tests.Support;

/// <summary>A database for one test, on the server of a running system.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private static readonly StageTimes At = new(null, null, DateTimeOffset.UnixEpoch);

    private readonly string _name = $"scratch_{Guid.NewGuid():N}";
    private readonly string _server;

    private ScratchDatabase(string server)
    {
        _server = server;
        var settings = new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxAutoPrepare = 32, AutoPrepareMinUsages = 2 };
        ConnectionString = settings.ConnectionString;
        Source = NpgsqlDataSource.Create(ConnectionString);
        Store = new SubmissionStore(Source);
        Outcomes = new OutcomeStore(Source);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    public SubmissionStore Store { get; }

    public OutcomeStore Outcomes { get; }

    /// <summary>Creates a database with the api's tables.</summary>
    public static async Task<ScratchDatabase> CreateAsync(FibSystem system)
    {
        var database = await CreateEmptyAsync(system);
        await database.CreateSchemaAsync();
        return database;
    }

    public static async Task<ScratchDatabase> CreateEmptyAsync(FibSystem system)
    {
        var database = new ScratchDatabase(await system.GetConnectionStringAsync(ResourceNames.Postgres));
        await database.OnServerAsync($"CREATE DATABASE {database._name}");
        return database;
    }

    /// <summary>Creates the schema, as every api does at start.</summary>
    public async Task<SchemaState> CreateSchemaAsync()
    {
        var state = new SchemaState();
        using var initializer = new SchemaInitializer(
            Source, state, UnloggedStores.Create(), TimeProvider.System, NullLogger<SchemaInitializer>.Instance);
        await initializer.StartAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        await state.WaitAsync(deadline.Token);
        await initializer.StopAsync(CancellationToken.None);
        return state;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        // A busy machine needs more than the default of 30 seconds for a million rows.
        command.CommandTimeout = 180;
        await command.ExecuteNonQueryAsync();
    }

    public Task SubmitAsync(params int[] indexes) => Store.InsertAsync(
        [new NewSubmission([.. indexes.Select(index => new SequenceIndex(index))], DateTimeOffset.UnixEpoch, null)],
        CancellationToken.None);

    public Task ComputeAsync(int index, string preview) =>
        RecordAsync(new OutcomeEntry(new SequenceIndex(index), preview.Length, preview, null, At, null));

    public Task FailAsync(int index) => RecordAsync(new OutcomeEntry(new SequenceIndex(index), 0, "", "too large", At, null));

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private Task RecordAsync(OutcomeEntry outcome) => Outcomes.InsertAsync([outcome], CancellationToken.None);

    private async Task OnServerAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_server);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
