using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using StackExchange.Redis;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SystemStatusTests(SystemFixture system)
{
    private static readonly string[] Stages = ["receivedAt", "storedAt", "queuedAt", "startedAt", "computedAt", "recordedAt"];

    [Fact]
    public async Task Get_AfterASubmission_HasItsStagesInOrder()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        var last = await UntilLastAsync(index);
        var times = Stages.Select(stage => last.GetProperty(stage).GetDateTime()).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
    }

    [Fact]
    public async Task Get_AfterASubmissionOfAComputedIndex_HasNoLaterStages()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        var first = (await UntilLastAsync(index)).GetProperty("id").GetInt64();
        await system.Gateway.SubmitAsync(index);
        var again = await UntilLastAsync(index, after: first);
        Assert.Equal(
            [true, true, false, false, false, false],
            Stages.Select(stage => again.GetProperty(stage).ValueKind == JsonValueKind.String));
    }

    [Fact]
    public async Task Get_IdleSystem_HasNothingPendingAndReportsVersions()
    {
        await system.Gateway.ComputeAsync(system.NextIndex());
        // A worker that another test killed counts until its heartbeats are missed.
        var status = await UntilAsync("nothing waits", status => status.GetProperty("terms").GetProperty("pending").GetInt64() == 0
            && status.GetProperty("backlog").GetProperty("pending").GetInt64() == 0
            && status.GetProperty("workers").GetInt64() == 1);
        Assert.Equal(0, status.GetProperty("backlog").GetProperty("lag").GetInt64());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("oldestPendingSeconds").ValueKind);
        Assert.InRange(status.GetProperty("last").GetArrayLength(), 1, 10);

        var versions = status.GetProperty("versions");
        Assert.Matches(@"^\d+\.\d+\.\d+", versions.GetProperty("fib").GetString());
        Assert.Equal(Environment.Version.ToString(), versions.GetProperty("dotnet").GetString());
        Assert.Matches(@"^\d+\.\d+$", versions.GetProperty("postgresql").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", versions.GetProperty("redis").GetString());
    }

    [Fact]
    public async Task Get_WithoutWorkers_CountsEntriesOfBothStreams()
    {
        int[] indexes = [system.NextIndex(), system.NextIndex(), 1_000_001];
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            foreach (var index in indexes)
                await system.Gateway.SubmitAsync(index);
            var status = await UntilAsync("three entries wait", status => status.GetProperty("backlog").GetProperty("lag").GetInt64() == 3);
            Assert.Equal(0, status.GetProperty("backlog").GetProperty("pending").GetInt64());
            Assert.Equal(3, status.GetProperty("terms").GetProperty("pending").GetInt64());
            Assert.True(status.GetProperty("oldestPendingSeconds").GetDouble() > 0);

            // An entry that was delivered to a consumer which ended is pending.
            var connectionString = await system.System.GetConnectionStringAsync(ResourceNames.Redis);
            await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
            Assert.Single(await redis.GetDatabase().StreamReadGroupAsync("fib:backlog", "fib-workers", "a consumer that dies", ">", 1));
            await UntilAsync("one is pending", status =>
            {
                var backlog = status.GetProperty("backlog");
                return (backlog.GetProperty("lag").GetInt64(), backlog.GetProperty("pending").GetInt64()) == (2, 1);
            });
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }

        foreach (var index in indexes)
            await system.Gateway.UntilComputedAsync(index);
    }

    private async Task<JsonElement> UntilLastAsync(int index, long after = 0)
    {
        var last = new JsonElement();
        await UntilAsync(
            $"index {index} is among the last",
            status => status.GetProperty("last").EnumerateArray().Any(submission =>
            {
                last = submission;
                return submission.GetProperty("index").GetInt32() == index && submission.GetProperty("id").GetInt64() > after;
            }));
        return last;
    }

    /// <summary>A response may be a second old. Ignores one whose part of Redis is null because Redis answered too late.</summary>
    private async Task<JsonElement> UntilAsync(string what, Func<JsonElement, bool> condition)
    {
        var status = new JsonElement();
        await Eventually.HoldsAsync(what, async token =>
        {
            status = await system.Gateway.GetFromJsonAsync<JsonElement>("/api/system", token);
            return status.GetProperty("backlog").ValueKind != JsonValueKind.Null && condition(status);
        });
        return status;
    }
}
