using System.Globalization;
using System.Net;
using System.Text;
using Fib.Api.Database;
using Fib.LocalSystem;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Npgsql;

namespace Fib.Tests.Chaos;

/// <summary>A system of one api and one worker, and the means to hold an index at each step of its journey: from outside, by the stores' own locks, pauses and rights.</summary>
internal sealed class JourneySystem(RunningSystem system) : IAsyncDisposable
{
    /// <summary>Twice the wait of other conditions: a claim alone takes half a minute.</summary>
    private static readonly TimeSpan ForTheClaims = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client = new() { BaseAddress = system.Gateway.Address, Timeout = TimeSpan.FromSeconds(30) };

    public LocalProcess Api => system.Apis[0].Process;

    public LocalProcess Worker => system.Workers[0].Process;

    public LocalProcess Gateway => system.Gateway.Process;

    public PostgresServer Postgres => system.Postgres;

    public RedisServer Redis => system.Redis;

    /// <summary>Starts one that computes even the largest indexes.</summary>
    public static async Task<JourneySystem> StartAsync() =>
        new(await RunningSystem.StartAsync(new SystemSettings { Variables = _ => [new("MAXIMUM_INDEX", "100000000")] }, CancellationToken.None));

    /// <summary>Submits an index through the gateway.</summary>
    public async Task<Passage> SubmitAsync(int index)
    {
        try
        {
            using var content = new StringContent($$"""{"index":{{index}}}""", Encoding.UTF8, "application/json");
            using var answer = await _client.PostAsync("api/values", content);
            return new Passage(index, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            return new Passage(index, null);
        }
    }

    /// <summary>Kills a part at once and starts it again.</summary>
    public static async Task ReplaceAsync(LocalProcess part)
    {
        await part.KillAsync();
        await StartAsync(part);
    }

    /// <summary>Starts a part and waits until it serves.</summary>
    public static async Task StartAsync(LocalProcess part)
    {
        await part.StartAsync(CancellationToken.None);
        await part.WaitHealthyAsync(CancellationToken.None);
    }

    /// <summary>No commit that writes an event gets through until the result is disposed.</summary>
    public async Task<NpgsqlConnection> HoldCommitsAsync()
    {
        var holder = await Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", holder) { Parameters = { new() { Value = Schema.EventLock } } };
        await command.ExecuteNonQueryAsync();
        return holder;
    }

    /// <summary>Somebody has sent what it wants to commit, and waits.</summary>
    public Task UntilACommitWaitsAsync() => UntilAsync("a commit waits", "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)");

    /// <summary>The server forgets the commits that wait: whoever sent them is gone.</summary>
    public Task ForgetWaitingCommitsAsync() => Postgres.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", CancellationToken.None);

    /// <summary>The outcome of an index is committed.</summary>
    public Task UntilRecordedAsync(int index) => UntilAsync("the outcome is recorded", string.Create(CultureInfo.InvariantCulture, $"SELECT EXISTS (SELECT FROM outcome WHERE index = {index})"));

    /// <summary>The gateway has passed a request on to the api, which is stopped and does not read it.</summary>
    public Task UntilTheApiHasItUnreadAsync()
    {
        var local = $":{system.Apis[0].Address.Port:X4}";
        return Eventually.HoldsAsync("the api has bytes to read", _ => Task.FromResult(File.ReadLines("/proc/net/tcp").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields[1].EndsWith(local, StringComparison.Ordinal) && fields[3] == "01" && !fields[4].EndsWith(":00000000", StringComparison.Ordinal))));
    }

    /// <summary>What Redis answers to a command becomes as wanted.</summary>
    public Task UntilRedisAsync(Func<string, bool> wanted, params string[] command) =>
        Eventually.HoldsAsync($"redis: {string.Join(' ', command)}", async token => wanted(await Redis.AskAsync(token, command)));

    /// <summary>Takes rights to commands away (<c>-xadd</c>) or gives them back (<c>+xadd</c>).</summary>
    public Task ChangeRightsAsync(params string[] rights) => Redis.AskAsync(CancellationToken.None, ["acl", "setuser", "default", .. rights]);

    /// <summary>Everything that was stored has its outcome, and no entry waits to be delivered or claimed.</summary>
    public Task RestAsync() => Eventually.HoldsAsync("the system is at rest", _ => IsAtRestAsync(), ForTheClaims);

    /// <summary>How often an index is stored, and its outcomes' previews.</summary>
    public async Task<(long Stored, string[] Previews)> ReadAsync(int index)
    {
        await using var connection = await Postgres.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("SELECT (SELECT count(*) FROM submission WHERE index = $1), ARRAY(SELECT preview FROM outcome WHERE index = $1)", connection)
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

    private async Task<bool> IsAtRestAsync()
    {
        foreach (var stream in (string[])[BacklogKeys.Stream, BacklogKeys.LargeStream, BacklogKeys.Outcomes])
        {
            if (await Redis.AskAsync(CancellationToken.None, "xlen", stream) != "0")
                return false;
        }

        return await IsTrueAsync("SELECT NOT EXISTS (SELECT FROM pending_term)", CancellationToken.None);
    }

    private Task UntilAsync(string what, string query) => Eventually.HoldsAsync(what, token => IsTrueAsync(query, token));

    private async Task<bool> IsTrueAsync(string query, CancellationToken cancellationToken)
    {
        await using var connection = await Postgres.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
