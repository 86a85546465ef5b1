using System.Globalization;
using System.Text;
using Fib.Api.Database;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Redis.Backlog;
using Npgsql;

namespace Fib.Tests.Faults.Chaos;

/// <summary>
/// A system of one api and one worker, and the means to hold an index at each injection point from outside: with the locks and
/// permissions of the stores.
/// </summary>
internal sealed class InjectionSystem(RunningSystem system) : IAsyncDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = system.Gateway.Address, Timeout = TimeSpan.FromSeconds(30) };

    public LocalProcess Api => system.Apis[0].Process;

    public LocalProcess Worker => system.Workers[0].Process;

    public LocalProcess Gateway => system.Gateway.Process;

    public PostgresServer Postgres => system.Postgres;

    public RedisServer Redis => system.Redis;

    public static async Task<InjectionSystem> StartAsync() =>
        new(await RunningSystem.StartAsync(new SystemSettings(), CancellationToken.None));

    /// <summary>Submits an index through the gateway.</summary>
    public async Task<InjectionResult> SubmitAsync(int index)
    {
        try
        {
            using var content = new StringContent($$"""{"index":{{index}}}""", Encoding.UTF8, "application/json");
            using var response = await _client.PostAsync("api/values", content);
            return new InjectionResult(index, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            return new InjectionResult(index, null);
        }
    }

    /// <summary>Kills a process, starts it again and waits until it serves.</summary>
    public static async Task KillAndStartAsync(LocalProcess process)
    {
        await process.KillAsync();
        await StartAsync(process);
    }

    /// <summary>Starts a process and waits until it serves.</summary>
    public static async Task StartAsync(LocalProcess process)
    {
        await process.StartAsync(CancellationToken.None);
        await process.WaitHealthyAsync(CancellationToken.None);
    }

    /// <summary>Blocks every commit that writes an event until the result is disposed.</summary>
    public async Task<NpgsqlConnection> BlockCommitsAsync()
    {
        var holder = await Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", holder)
        {
            Parameters = { new() { Value = DatabaseSchema.EventLock } },
        };
        await command.ExecuteNonQueryAsync();
        return holder;
    }

    /// <summary>Waits until a commit is blocked.</summary>
    public Task WaitCommitBlockedAsync() => WaitAsync(
        "a commit is blocked", "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");

    /// <summary>Ends the server processes of the blocked commits, whose clients have been killed.</summary>
    public Task TerminateBlockedCommitsAsync() => Postgres.ExecuteAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", CancellationToken.None);

    /// <summary>Waits until the outcome of an index is committed.</summary>
    public Task WaitRecordedAsync(int index) => WaitAsync(
        "the outcome is recorded",
        string.Create(CultureInfo.InvariantCulture, $"SELECT EXISTS (SELECT FROM outcome WHERE index = {index})"));

    /// <summary>Waits until the gateway has forwarded a request to the api, which is stopped and does not read it.</summary>
    public Task WaitApiHasUnreadRequestAsync()
    {
        var local = $":{system.Apis[0].Address.Port:X4}";
        return Eventually.HoldsAsync("the api has bytes to read", _ => Task.FromResult(
            File.ReadLines("/proc/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Any(fields =>
                fields[1].EndsWith(local, StringComparison.Ordinal) && fields[3] == "01"
                && !fields[4].EndsWith(":00000000", StringComparison.Ordinal))));
    }

    /// <summary>Waits until the reply of Redis to a command meets a condition.</summary>
    public Task WaitRedisAsync(Func<string, bool> condition, params string[] command) =>
        Eventually.HoldsAsync($"redis: {string.Join(' ', command)}", async token => condition(await Redis.ExecuteAsync(token, command)));

    /// <summary>Denies commands (<c>-xadd</c>) or allows them (<c>+xadd</c>) to the default user of Redis.</summary>
    public Task SetPermissionsAsync(params string[] permissions) =>
        Redis.ExecuteAsync(CancellationToken.None, ["acl", "setuser", "default", .. permissions]);

    /// <summary>Waits until every stored index has its outcome and all streams are empty.</summary>
    public Task WaitIdleAsync() => Eventually.HoldsAsync("no work is left", _ => IsIdleAsync());

    /// <summary>The number of stored submissions of an index, and the previews of its outcomes.</summary>
    public async Task<(long Stored, string[] Previews)> ReadAsync(int index)
    {
        await using var connection = await Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            "SELECT (SELECT count(*) FROM submission WHERE index = $1), ARRAY(SELECT preview FROM outcome WHERE index = $1)", connection)
        {
            Parameters = { new() { Value = index } },
        };
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetFieldValue<string[]>(1));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await system.DisposeAsync();
    }

    private async Task<bool> IsIdleAsync()
    {
        foreach (var stream in (string[])[BacklogKeys.Stream, BacklogKeys.LargeStream, BacklogKeys.Outcomes])
        {
            if (await Redis.ExecuteAsync(CancellationToken.None, "xlen", stream) != "0")
                return false;
        }

        return await IsTrueAsync("SELECT NOT EXISTS (SELECT FROM pending_term)", CancellationToken.None);
    }

    private Task WaitAsync(string condition, string query) => Eventually.HoldsAsync(condition, token => IsTrueAsync(query, token));

    private async Task<bool> IsTrueAsync(string query, CancellationToken cancellationToken)
    {
        await using var connection = await Postgres.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
