using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

/// <summary>Every index that is pending in PostgreSQL is computed, even if the streams are damaged.</summary>
[Trait(Category.Name, Category.System)]
public sealed class LostWorkTests(LostWorkFixture system) : IClassFixture<LostWorkFixture>
{
    private const string ReadAsDead = "XREADGROUP GROUP fib-workers dead COUNT 1 STREAMS fib:backlog >";

    [Theory]
    [InlineData(ReadAsDead, "XGROUP DELCONSUMER fib:backlog fib-workers dead")]
    [InlineData("XGROUP SETID fib:backlog fib-workers $")]
    [InlineData("XGROUP SETID fib:backlog fib-workers 99999999999999-0")]
    [InlineData("XGROUP SETID fib:backlog fib-workers 18446744073709551615-18446744073709551615")]
    [InlineData("XSETID fib:backlog 18446744073709551614-0")]
    [InlineData(ReadAsDead, "XTRIM fib:backlog MAXLEN 0")]
    [InlineData("RENAME fib:backlog fib:elsewhere")]
    [InlineData("DEL fib:backlog", "SET fib:backlog text")]
    [InlineData("XGROUP DESTROY fib:backlog fib-workers")]
    [InlineData(ReadAsDead, "XADD fib:backlog 18446744073709551615-18446744073709551615 index 7")]
    public async Task AnIndexOnADamagedStream_IsComputed(params string[] commands)
    {
        int before = 0, after = 0;
        await system.WithoutAWorkerAsync(async () =>
        {
            before = await system.AppendAsync();
            foreach (var command in commands)
                Assert.DoesNotContain("ERR", await system.AskAsync(command.Split(' ')), StringComparison.Ordinal);
            after = system.NextIndex();
            await system.SubmitAsync(after);
        });

        foreach (var index in (int[])[before, after])
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        await Eventually.HoldsAsync("the stream is empty", async _ => await system.AskAsync("xlen", BacklogKeys.Stream) == "0");
    }

    [Fact]
    public async Task AnIndexAcknowledgedWithoutAnOutcome_IsComputed()
    {
        var index = 0;
        await system.WithoutAWorkerAsync(async () =>
        {
            index = await system.AppendAsync();
            var entry = (await system.AskAsync(ReadAsDead.Split(' '))).Split('\n')[1];
            Assert.Equal("1", await system.AskAsync("xack", BacklogKeys.Stream, BacklogKeys.Group, entry));
        });
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Fact]
    public async Task ALostIndexWithATimeInTheFuture_IsComputed()
    {
        var index = 0;
        await system.WithoutAWorkerAsync(async () =>
        {
            index = await system.AppendAsync();
            // As if the clock of the database had been set back since.
            await system.Postgres.ExecuteAsync(
                "UPDATE pending_term SET appended_at = clock_timestamp() + interval '1 hour'", CancellationToken.None);
            await system.AskAsync("del", BacklogKeys.Stream);
        });
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Fact]
    public async Task ALostIndexBehindAPendingEntry_IsComputedWhileThatIsPending()
    {
        int pending = 0, lost = 0;
        await system.WithoutAWorkerAsync(async () =>
        {
            pending = await system.AppendAsync();
            await system.AskAsync(ReadAsDead.Split(' '));
            lost = await system.AppendAsync();
            var entry = (await system.AskAsync("xrevrange", BacklogKeys.Stream, "+", "-", "COUNT", "1")).Split('\n')[0];
            Assert.Equal("1", await system.AskAsync("xdel", BacklogKeys.Stream, entry));
        });
        Assert.Equal(Fibonacci.Term(lost), await system.Gateway.UntilComputedAsync(lost));
        Assert.Contains(
            "dead", await system.AskAsync("xpending", BacklogKeys.Stream, BacklogKeys.Group, "-", "+", "10", "dead"), StringComparison.Ordinal);

        await system.AskAsync("xgroup", "delconsumer", BacklogKeys.Stream, BacklogKeys.Group, "dead");
        Assert.Equal(Fibonacci.Term(pending), await system.Gateway.UntilComputedAsync(pending));
    }

    [Fact]
    public async Task NoOutcomeCanBeAppended_TheStreamIsDeletedAndCreatedAgain()
    {
        var index = system.NextIndex();
        await system.AskAsync("del", BacklogKeys.Outcomes);
        await system.AskAsync("xadd", BacklogKeys.Outcomes, "18446744073709551615-18446744073709551615", "index", "seven");
        await system.SubmitAsync(index);
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    /// <summary>The worker does not read meanwhile, so the group is not created by that.</summary>
    [Fact]
    public async Task WhileAnEntryIsRetried_RedisLosesItsData_TheWorkerGoesOn()
    {
        var (retried, next) = (system.NextIndex(), system.NextIndex());
        await system.AskAsync("config", "resetstat");
        await system.AskAsync("acl", "setuser", "default", "-xack");
        try
        {
            await system.SubmitAsync(retried);
            await Eventually.HoldsAsync("the worker tries again", async _ =>
                (await system.AskAsync("info", "commandstats")).Contains("cmdstat_xclaim:", StringComparison.Ordinal));
            await system.AskAsync("flushall");
        }
        finally
        {
            await system.AskAsync("acl", "setuser", "default", "+xack");
        }

        await system.SubmitAsync(next);
        Assert.Equal(Fibonacci.Term(next), await system.Gateway.UntilComputedAsync(next));
    }

    [Fact]
    public async Task WhileAppendsFail_TheLogReportsNoAppend()
    {
        var index = system.NextIndex();
        var before = system.ReadApiLog().Length;
        await system.AskAsync("acl", "setuser", "default", "-xadd");
        try
        {
            await system.SubmitAsync(index);
            await UntilRetriedAsync(index);
            await UntilRetriedAsync(index);
            var log = system.ReadApiLog()[before..];
            Assert.Contains("Redis is unavailable: ", log, StringComparison.Ordinal);
            Assert.DoesNotContain("Appended", log, StringComparison.Ordinal);
        }
        finally
        {
            await system.AskAsync("acl", "setuser", "default", "+xadd");
        }

        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        await Eventually.HoldsAsync("the log of the append", _ => Task.FromResult(
            system.ReadApiLog()[before..].Contains("Appended 1 stored", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhileRedisIsAReplica_ServicesKeepRunningAndNothingIsLost()
    {
        var index = system.NextIndex();
        var before = system.ReadApiLog().Length;
        await system.AskAsync("replicaof", "127.0.0.1", "1");
        try
        {
            await system.SubmitAsync(index);
            await Eventually.HoldsAsync("the api logs the outage", _ => Task.FromResult(
                system.ReadApiLog()[before..].Contains("Redis is unavailable: READONLY", StringComparison.Ordinal)));
        }
        finally
        {
            await system.AskAsync("replicaof", "no", "one");
        }

        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        Assert.True(system.Api.IsRunning && system.Worker.IsRunning);
    }

    /// <summary>Waits for an attempt of the repair, which updates the time of the append before it appends.</summary>
    private async Task UntilRetriedAsync(int index)
    {
        var before = await ReadAppendedAtAsync(index);
        await Eventually.HoldsAsync("the repair retries", async _ => await ReadAppendedAtAsync(index) != before);
    }

    private async Task<DateTime> ReadAppendedAtAsync(int index)
    {
        await using var connection = await system.Postgres.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT appended_at FROM pending_term WHERE index = $1";
        command.Parameters.Add(new() { Value = index });
        return (DateTime)(await command.ExecuteScalarAsync())!;
    }
}
