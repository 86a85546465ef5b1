using Fib.Redis.Backlog;

namespace Fib.Tests.Faults.Chaos;

/// <summary>
/// Kills a process at each injection point while an index is processed, then waits once until all work is done: entries of a dead
/// worker or api are claimed after 30 s.
/// </summary>
public sealed class InjectionFixture : IAsyncLifetime
{
    private const int LongIndex = 50_000;
    private readonly Dictionary<string, InjectionResult> _results = [];
    private int _lastIndex = 1_000;

    internal InjectionSystem System { get; private set; } = null!;

    internal IReadOnlyDictionary<string, InjectionResult> Results => _results;

    public async ValueTask InitializeAsync()
    {
        System = await InjectionSystem.StartAsync();
        _results[InjectionPoints.BeforeApiReads] = await KillApiBeforeItReadsAsync();
        _results[InjectionPoints.BeforeCommitGateway] = await KillGatewayBeforeCommitAsync();
        _results[InjectionPoints.BeforeCommitApi] = await KillApiBeforeCommitAsync();
        _results[InjectionPoints.BeforeCommitPostgres] = await KillPostgresBeforeCommitAsync();
        _results[InjectionPoints.BeforeAppend] = await KillApiBeforeAppendAsync();
        _results[InjectionPoints.AfterAppend] = await KillRedisAfterAppendAsync(keepsData: true);
        _results[InjectionPoints.AfterAppendDataLoss] = await KillRedisAfterAppendAsync(keepsData: false);
        _results[InjectionPoints.BeforeDigits] = await KillWorkerBeforeDigitsAsync();
        _results[InjectionPoints.BeforeOutcome] = await KillWorkerBeforeOutcomeAsync();
        _results[InjectionPoints.BeforeRecord] = await KillApiBeforeRecordAsync();
        _results[InjectionPoints.BeforeAcknowledge] = await KillBothBeforeAcknowledgeAsync();
        await System.WaitIdleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (System is not null)
            await System.DisposeAsync();
    }

    private async Task<InjectionResult> KillApiBeforeItReadsAsync()
    {
        System.Api.Stop();
        var response = System.SubmitAsync(++_lastIndex);
        await System.WaitApiHasUnreadRequestAsync();
        await InjectionSystem.KillAndStartAsync(System.Api);
        return await response;
    }

    private async Task<InjectionResult> KillGatewayBeforeCommitAsync()
    {
        var result = await KillBeforeCommitAsync(System.Gateway.KillAsync);
        await InjectionSystem.StartAsync(System.Gateway);
        return result;
    }

    private Task<InjectionResult> KillApiBeforeCommitAsync() => KillBeforeCommitAsync(async () =>
    {
        await System.Api.KillAsync();
        await System.TerminateBlockedCommitsAsync();
        await InjectionSystem.StartAsync(System.Api);
    });

    private Task<InjectionResult> KillPostgresBeforeCommitAsync() =>
        KillBeforeCommitAsync(() => InjectionSystem.KillAndStartAsync(System.Postgres.Process));

    private async Task<InjectionResult> KillBeforeCommitAsync(Func<Task> kill)
    {
        await using (await System.BlockCommitsAsync())
        {
            var response = System.SubmitAsync(++_lastIndex);
            await System.WaitCommitBlockedAsync();
            await kill();
            return await response;
        }
    }

    private async Task<InjectionResult> KillApiBeforeAppendAsync()
    {
        await System.SetPermissionsAsync("-xadd");
        var result = await System.SubmitAsync(++_lastIndex);
        await System.WaitRedisAsync(denied => IsDenied(denied, "xadd"), "acl", "log");
        await System.Api.KillAsync();
        await System.SetPermissionsAsync("+xadd");
        await InjectionSystem.StartAsync(System.Api);
        return result;
    }

    private async Task<InjectionResult> KillRedisAfterAppendAsync(bool keepsData)
    {
        await System.WaitIdleAsync();
        await System.Worker.KillAsync();
        var result = await System.SubmitAsync(++_lastIndex);
        await System.WaitRedisAsync(length => length == "1", "xlen", BacklogKeys.Stream);
        await System.Redis.Process.KillAsync();
        if (!keepsData)
            System.Redis.RemoveData();
        await InjectionSystem.StartAsync(System.Redis.Process);
        await InjectionSystem.StartAsync(System.Worker);
        await System.WaitRecordedAsync(result.Index);
        return result;
    }

    /// <summary>The index is in the other stream, so that its entry does not count in <see cref="KillWorkerBeforeOutcomeAsync"/>.</summary>
    private async Task<InjectionResult> KillWorkerBeforeDigitsAsync()
    {
        const int index = BacklogKeys.LargeIndex;
        await System.SetPermissionsAsync("-set");
        var result = await System.SubmitAsync(index);
        await System.WaitRedisAsync(denied => IsDenied(denied, "set"), "acl", "log");
        await System.Worker.KillAsync();
        Assert.Equal("0", await System.Redis.ExecuteAsync(CancellationToken.None, "exists", $"fib:term:{index}"));
        await System.SetPermissionsAsync("+set");
        await InjectionSystem.StartAsync(System.Worker);
        return result;
    }

    /// <summary>The digits are in Redis, but the outcome is not appended.</summary>
    private async Task<InjectionResult> KillWorkerBeforeOutcomeAsync()
    {
        System.Worker.Stop();
        var result = await System.SubmitAsync(LongIndex);
        await System.WaitRedisAsync(length => length == "1", "xlen", BacklogKeys.Stream);
        await System.SetPermissionsAsync("-xadd");
        System.Worker.Continue();
        await System.WaitRedisAsync(exists => exists == "1", "exists", $"fib:term:{LongIndex}");
        await System.Worker.KillAsync();
        await System.SetPermissionsAsync("+xadd");
        await InjectionSystem.StartAsync(System.Worker);
        return result;
    }

    private async Task<InjectionResult> KillApiBeforeRecordAsync()
    {
        System.Worker.Stop();
        var result = await System.SubmitAsync(++_lastIndex);
        await using (await System.BlockCommitsAsync())
        {
            System.Worker.Continue();
            await System.WaitCommitBlockedAsync();
            await System.Api.KillAsync();
            await System.TerminateBlockedCommitsAsync();
        }

        await InjectionSystem.StartAsync(System.Api);
        return result;
    }

    private async Task<InjectionResult> KillBothBeforeAcknowledgeAsync()
    {
        await System.SetPermissionsAsync("-xack", "-xdel");
        var result = await System.SubmitAsync(++_lastIndex);
        await System.WaitRecordedAsync(result.Index);
        await System.Worker.KillAsync();
        await System.Api.KillAsync();
        await System.SetPermissionsAsync("+xack", "+xdel");
        await InjectionSystem.StartAsync(System.Api);
        await InjectionSystem.StartAsync(System.Worker);
        return result;
    }

    private static bool IsDenied(string log, string command) => log.Split('\n').Contains(command);
}
