using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.Faults;

/// <summary>An entry that cannot be handled is dead-lettered: it neither blocks other entries nor is lost.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class DeadLetteringTests(SystemFixture system) : IAsyncLifetime
{
    private const string Backlog = "fib:backlog", Outcomes = "fib:outcomes", DeadLetters = "fib:dead-letter";
    private const string Workers = "fib-workers", Recorders = "fib-recorders";

    private ConnectionMultiplexer _redis = null!;

    private IDatabase Redis => _redis.GetDatabase();

    public async ValueTask InitializeAsync() =>
        _redis = await ConnectionMultiplexer.ConnectAsync(await system.System.GetConnectionStringAsync(ResourceNames.Redis));

    public async ValueTask DisposeAsync() => await _redis.DisposeAsync();

    [Fact]
    public async Task AnEntryThatCrashesFiveWorkers_FailsIsDeadLetteredAndIsComputedOnceRequeued()
    {
        var (poison, other) = (system.NextIndex(), system.NextIndex());
        await WithoutAWorkerAsync(async () =>
        {
            await system.Gateway.SubmitAsync(poison);
            await system.Gateway.SubmitAsync(other);
            await UntilAppendedAsync(2);
            // Consumers that die: both entries are delivered to the first, and one of them to four more.
            var entries = await Redis.StreamReadGroupAsync(Backlog, Workers, "dead 1", ">", 2);
            Assert.Equal(2, entries.Length);
            for (var n = 2; n <= 5; n++)
                await Redis.StreamClaimAsync(Backlog, Workers, $"dead {n}", 0, [entries[0].Id]);
        });

        Assert.Equal(Fibonacci.Term(other), await system.Gateway.UntilComputedAsync(other));
        Assert.Equal("Failed", await system.Gateway.UntilComputedAsync(poison));
        var reason = (await system.Gateway.GetNewestAsync(poison)).GetProperty("reason").GetString();
        Assert.Equal("5 workers were given the index and none finished it.", reason);
        var deadLetter = await UntilDeadLetterAsync(deadLetter => deadLetter["index"] == poison.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((reason, "5", Backlog), (deadLetter["reason"], deadLetter["deliveries"], deadLetter["stream"]));

        Assert.True(await RequeueAsync() >= 1);
        Assert.Equal(Fibonacci.Term(poison), await UntilTermAsync(poison));
        Assert.DoesNotContain(await ReadDeadLettersAsync(), entry => entry["index"] == deadLetter["index"]);
        Assert.Equal(0, await RequeueAsync());
    }

    [Fact]
    public async Task AnEntryOfADeadWorker_IsComputedByAnother()
    {
        var index = system.NextIndex();
        await WithoutAWorkerAsync(async () =>
        {
            await system.Gateway.SubmitAsync(index);
            await UntilAppendedAsync(1);
            Assert.Single(await Redis.StreamReadGroupAsync(Backlog, Workers, "dead", ">", 1));
        });
        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Theory]
    [InlineData(Backlog, "seven")]
    [InlineData("fib:backlog:large", "-1")]
    [InlineData(Outcomes, "7")]
    public async Task AMalformedEntry_IsDeadLetteredAndLaterEntriesAreComputed(string stream, string index)
    {
        var mark = Guid.NewGuid().ToString();
        var id = await Redis.StreamAddAsync(stream, [new("index", index), new("mark", mark)]);
        var deadLetter = await UntilDeadLetterAsync(deadLetter => deadLetter["entry"].Contains(mark, StringComparison.Ordinal));
        Assert.Equal(("", "1", stream), (deadLetter["index"], deadLetter["deliveries"], deadLetter["stream"]));
        Assert.NotEmpty(deadLetter["reason"]);
        Assert.Empty(await Redis.StreamRangeAsync(stream, id, id));

        var next = system.NextIndex();
        Assert.Equal(Fibonacci.Term(next), await system.Gateway.ComputeAsync(next));
    }

    [Fact]
    public async Task AnOutcomeThatPostgresRejects_IsDeadLetteredAndTheRestOfItsBatchIsRecorded()
    {
        int[] indexes = [system.NextIndex(), system.NextIndex()];
        var rejected = system.NextIndex();
        await WithoutAWorkerAsync(async () =>
        {
            foreach (var index in indexes.Append(rejected))
                await system.Gateway.SubmitAsync(index);
            // Sent together, so that one commit would include them all. PostgreSQL rejects a zero character in text.
            var batch = Redis.CreateBatch();
            var sent = indexes.Append(rejected).Select(index => batch.StreamAddAsync(Outcomes,
            [
                new("index", index), new("digits", 1), new("preview", index == rejected ? "\0" : "1"),
                new("computedAt", "1795176000123000"),
            ])).ToArray();
            batch.Execute();
            await Task.WhenAll(sent);
            var key = rejected.ToString(CultureInfo.InvariantCulture);
            var deadLetter = await UntilDeadLetterAsync(deadLetter => deadLetter["index"] == key);
            Assert.Equal(Outcomes, deadLetter["stream"]);
            foreach (var index in indexes)
                Assert.Equal("1", await system.Gateway.UntilComputedAsync(index));
        });

        Assert.Equal(Fibonacci.Term(rejected), await system.Gateway.UntilComputedAsync(rejected));
    }

    [Fact]
    public async Task APendingEntryThatIsDeleted_IsAcknowledged()
    {
        await WithoutAWorkerAsync(async () =>
        {
            var id = await Redis.StreamAddAsync(Backlog, "index", 7);
            Assert.Contains(await Redis.StreamReadGroupAsync(Backlog, Workers, "dead", ">", 10), entry => entry.Id == id);
            await Redis.StreamDeleteAsync(Backlog, [id]);
        });
        await Eventually.HoldsAsync("nothing is pending", async _ =>
            (await Redis.StreamPendingAsync(Backlog, Workers)).PendingMessageCount == 0);
    }

    [Theory]
    [InlineData(Backlog, Workers)]
    [InlineData(Outcomes, Recorders)]
    public async Task AConsumerWithoutEntries_IsRemovedAfterALongIdleTime(string stream, string group)
    {
        await system.Gateway.ComputeAsync(system.NextIndex());
        const string name = "idle";
        await Redis.ExecuteAsync("XGROUP", "CREATECONSUMER", stream, group, name);
        Assert.Contains(await Redis.StreamConsumerInfoAsync(stream, group), consumer => consumer.Name == name);
        // After 20 times the minimum idle time.
        await Eventually.HoldsAsync("the consumer is removed", async _ =>
            (await Redis.StreamConsumerInfoAsync(stream, group)).All(consumer => consumer.Name != name));
    }

    private async Task WithoutAWorkerAsync(Func<Task> test)
    {
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            await test();
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }

    private Task UntilAppendedAsync(int entries) =>
        Eventually.HoldsAsync($"{entries} entries are on the backlog", async _ => await Redis.StreamLengthAsync(Backlog) == entries);

    private async Task<int> RequeueAsync()
    {
        using var answer = await system.Gateway.PostAsync("/api/values/requeue", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requeued").GetInt32();
    }

    private Task<string> UntilTermAsync(int index) => Eventually.FindAsync($"the term of index {index}", async token =>
    {
        var term = (await system.Gateway.GetCurrentAsync(token))[index.ToString(CultureInfo.InvariantCulture)];
        return term is "Nothing yet!" or "Failed" ? null : term;
    });

    private Task<Dictionary<string, string>> UntilDeadLetterAsync(Func<Dictionary<string, string>, bool> isMatch) =>
        Eventually.FindAsync("the dead letter", async _ => (await ReadDeadLettersAsync()).FirstOrDefault(isMatch));

    private async Task<Dictionary<string, string>[]> ReadDeadLettersAsync() =>
        [.. (await Redis.StreamRangeAsync(DeadLetters)).Select(entry =>
            entry.Values.ToDictionary(field => field.Name.ToString(), field => field.Value.ToString()))];
}
