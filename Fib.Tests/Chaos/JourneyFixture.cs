using Fib.Redis.Backlog;

namespace Fib.Tests.Chaos;

/// <summary>
/// Sends an index through each step of its journey and kills at that step, then lets the system come to rest once for all:
/// what a dead worker or api had taken is claimed after half a minute.
/// </summary>
public sealed class JourneyFixture : IAsyncLifetime
{
    private const int LongIndex = 50_000;
    private const int HugeIndex = 40_000_000;
    private readonly Dictionary<string, Passage> _passages = [];
    private int _lastIndex = 1_000;

    internal JourneySystem System { get; private set; } = null!;

    internal IReadOnlyDictionary<string, Passage> Passages => _passages;

    public async ValueTask InitializeAsync()
    {
        System = await JourneySystem.StartAsync();
        _passages[Steps.ApiHasNotRead] = await KillTheApiBeforeItReadsAsync();
        _passages[Steps.GatewayGone] = await KillTheGatewayBeforeTheCommitAsync();
        _passages[Steps.ApiBeforeCommit] = await KillTheApiBeforeTheCommitAsync();
        _passages[Steps.PostgresBeforeCommit] = await KillPostgresBeforeTheCommitAsync();
        _passages[Steps.BeforeAppend] = await KillTheApiBeforeTheAppendAsync();
        _passages[Steps.AfterAppend] = await KillRedisAfterTheAppendAsync(keepsData: true);
        _passages[Steps.AfterAppendEmptied] = await KillRedisAfterTheAppendAsync(keepsData: false);
        _passages[Steps.Computing] = await KillTheWorkerWhileItComputesAsync();
        _passages[Steps.BeforeOutcome] = await KillTheWorkerBeforeItSendsAsync();
        _passages[Steps.BeforeRecord] = await KillTheApiBeforeItRecordsAsync();
        _passages[Steps.BeforeAcknowledge] = await KillBothBeforeTheyAcknowledgeAsync();
        await System.RestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.DisposeAsync();
    }

    private async Task<Passage> KillTheApiBeforeItReadsAsync()
    {
        System.Api.Stop();
        var answer = System.SubmitAsync(++_lastIndex);
        await System.UntilTheApiHasItUnreadAsync();
        await JourneySystem.ReplaceAsync(System.Api);
        return await answer;
    }

    private async Task<Passage> KillTheGatewayBeforeTheCommitAsync()
    {
        var passage = await KillBeforeTheCommitAsync(System.Gateway.KillAsync);
        await JourneySystem.StartAsync(System.Gateway);
        return passage;
    }

    private Task<Passage> KillTheApiBeforeTheCommitAsync() => KillBeforeTheCommitAsync(async () =>
    {
        await System.Api.KillAsync();
        await System.ForgetWaitingCommitsAsync();
        await JourneySystem.StartAsync(System.Api);
    });

    private Task<Passage> KillPostgresBeforeTheCommitAsync() => KillBeforeTheCommitAsync(() => JourneySystem.ReplaceAsync(System.Postgres.Process));

    private async Task<Passage> KillBeforeTheCommitAsync(Func<Task> kill)
    {
        await using (await System.HoldCommitsAsync())
        {
            var answer = System.SubmitAsync(++_lastIndex);
            await System.UntilACommitWaitsAsync();
            await kill();
            return await answer;
        }
    }

    private async Task<Passage> KillTheApiBeforeTheAppendAsync()
    {
        await System.Redis.AskAsync(CancellationToken.None, "client", "pause", "60000", "write");
        var passage = await System.SubmitAsync(++_lastIndex);
        await System.UntilRedisAsync(clients => clients.Contains("cmd=xadd", StringComparison.Ordinal), "client", "list");
        await System.Api.KillAsync();
        await System.Redis.AskAsync(CancellationToken.None, "client", "unpause");
        await JourneySystem.StartAsync(System.Api);
        return passage;
    }

    private async Task<Passage> KillRedisAfterTheAppendAsync(bool keepsData)
    {
        await System.RestAsync();
        await System.Worker.KillAsync();
        var passage = await System.SubmitAsync(++_lastIndex);
        await System.UntilRedisAsync(length => length == "1", "xlen", BacklogKeys.Stream);
        await System.Redis.Process.KillAsync();
        if (!keepsData)
            System.Redis.RemoveData();
        await JourneySystem.StartAsync(System.Redis.Process);
        await JourneySystem.StartAsync(System.Worker);
        await System.UntilRecordedAsync(passage.Index);
        return passage;
    }

    private async Task<Passage> KillTheWorkerWhileItComputesAsync()
    {
        var passage = await System.SubmitAsync(HugeIndex);
        await System.UntilRedisAsync(pending => pending.StartsWith('1'), "xpending", BacklogKeys.LargeStream, BacklogKeys.Group);
        await System.Worker.KillAsync();
        Assert.Equal("0", await System.Redis.AskAsync(CancellationToken.None, "exists", $"fib:term:{HugeIndex}"));
        await JourneySystem.StartAsync(System.Worker);
        return passage;
    }

    /// <summary>Its digits are in Redis, but nobody has heard of them.</summary>
    private async Task<Passage> KillTheWorkerBeforeItSendsAsync()
    {
        System.Worker.Stop();
        var passage = await System.SubmitAsync(LongIndex);
        await System.UntilRedisAsync(length => length == "1", "xlen", BacklogKeys.Stream);
        await System.ChangeRightsAsync("-xadd");
        System.Worker.Continue();
        await System.UntilRedisAsync(exists => exists == "1", "exists", $"fib:term:{LongIndex}");
        await System.Worker.KillAsync();
        await System.ChangeRightsAsync("+xadd");
        await JourneySystem.StartAsync(System.Worker);
        return passage;
    }

    private async Task<Passage> KillTheApiBeforeItRecordsAsync()
    {
        System.Worker.Stop();
        var passage = await System.SubmitAsync(++_lastIndex);
        await using (await System.HoldCommitsAsync())
        {
            System.Worker.Continue();
            await System.UntilACommitWaitsAsync();
            await System.Api.KillAsync();
            await System.ForgetWaitingCommitsAsync();
        }

        await JourneySystem.StartAsync(System.Api);
        return passage;
    }

    private async Task<Passage> KillBothBeforeTheyAcknowledgeAsync()
    {
        await System.ChangeRightsAsync("-xack", "-xdel");
        var passage = await System.SubmitAsync(++_lastIndex);
        await System.UntilRecordedAsync(passage.Index);
        await System.Worker.KillAsync();
        await System.Api.KillAsync();
        await System.ChangeRightsAsync("+xack", "+xdel");
        await JourneySystem.StartAsync(System.Api);
        await JourneySystem.StartAsync(System.Worker);
        return passage;
    }
}
