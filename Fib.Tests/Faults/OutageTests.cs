using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Tests.Faults;

/// <summary>While one resource is unavailable, the others report it and keep working; afterwards the whole system works again.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class OutageTests(DurableSystemFixture system)
{
    private const int LongIndex = 20_000;

    private static readonly string[] PostgresReads =
        ["/api/values/all", "/api/values/current", "/api/values/7", "/api/values", "/api/values/events", "/api/system"];

    [Fact]
    public async Task WithoutPostgres_RequestsAre503WithRetryAfterAndNothingIsStored()
    {
        var (stored, rejected) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(stored);

        await system.System.WithoutAsync(ResourceNames.Postgres, async () =>
        {
            // The last ones are joined by the gateway.
            var posts = Enumerable.Range(0, 12).Select(_ => system.Gateway.PostJsonAsync($$"""{"index":{{rejected}}}"""));
            foreach (var answer in await Task.WhenAll(posts))
                await Problem.AssertUnavailableAsync(answer);
            foreach (var path in PostgresReads)
            {
                using var answer = await system.Gateway.GetAsync(path);
                await Problem.AssertUnavailableAsync(answer);
            }

            await AssertLiveAsync("postgres");
        });

        await Eventually.FindAsync("the api reads from the database again", async token => await system.Gateway.GetCurrentAsync(token));
        Assert.Contains(stored, await system.Gateway.GetAllAsync());
        Assert.DoesNotContain(rejected, await system.Gateway.GetAllAsync());
        await system.Gateway.SubmitAsync(rejected);
        Assert.Equal(Fibonacci.Term(rejected), await system.Gateway.UntilComputedAsync(rejected));
    }

    [Fact]
    public async Task WithoutRedis_SubmissionsAreStoredAndComputedLater()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(LongIndex);

        await system.System.WithoutAsync(ResourceNames.Redis, async () =>
        {
            await system.Gateway.SubmitAsync(index);
            Assert.Equal("Nothing yet!", (await system.Gateway.GetCurrentAsync())[Key(index)]);
            using var answer = await system.Gateway.GetAsync($"/api/values/{LongIndex}");
            Assert.StartsWith("Redis is unavailable.", await Problem.AssertUnavailableAsync(answer), StringComparison.Ordinal);
            await AssertLiveAsync("redis");
        });

        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        Assert.Equal(Fibonacci.Term(LongIndex), await system.Gateway.GetDigitsAsync(LongIndex));
    }

    [Fact]
    public async Task RedisLosesItsData_EveryTermIsAvailableAgain()
    {
        var (computed, pending) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(LongIndex);
        await system.Gateway.ComputeAsync(computed);

        await system.System.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await system.Gateway.SubmitAsync(pending);
            var options = ConfigurationOptions.Parse(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
            options.AllowAdmin = true;
            await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
            await redis.GetServers().Single().FlushAllDatabasesAsync();
            Assert.Equal(Fibonacci.Term(computed), await system.Gateway.GetDigitsAsync(computed));
            using var answer = await system.Gateway.GetAsync($"/api/values/{LongIndex}");
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        });

        Assert.Equal(Fibonacci.Term(pending), await system.Gateway.UntilComputedAsync(pending));
        Assert.Equal(Fibonacci.Term(LongIndex), await system.Gateway.GetDigitsAsync(LongIndex));
    }

    [Fact]
    public async Task WhileRedisHangs_RequestsAreAnsweredWithoutWaitingForIt()
    {
        var indexes = Enumerable.Range(0, 50).Select(_ => system.NextIndex()).ToArray();
        await system.Gateway.ComputeAsync(LongIndex);
        var options = ConfigurationOptions.Parse(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
        (options.AllowAdmin, options.AsyncTimeout) = (true, 60_000);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        await redis.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", 30_000, "ALL");
        var ping = redis.GetDatabase().PingAsync();

        await Task.WhenAll(indexes.Select(system.Gateway.SubmitAsync));
        using (var answer = await system.Gateway.GetAsync($"/api/values/{LongIndex}"))
            await Problem.AssertUnavailableAsync(answer);
        var status = await system.Gateway.GetFromJsonAsync<JsonElement>("/api/system");
        foreach (var name in (string[])["backlog", "workers", "deadLetters"])
            Assert.Equal(JsonValueKind.Null, status.GetProperty(name).ValueKind);
        Assert.False(ping.IsCompleted, "The requests were answered only after Redis resumed.");

        foreach (var index in indexes)
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        Assert.Equal(Fibonacci.Term(LongIndex), await system.Gateway.GetDigitsAsync(LongIndex));
    }

    [Fact]
    public async Task WhilePostgresHangs_RequestsAre503WithRetryAfter()
    {
        var (stored, rejected) = (system.NextIndex(), system.NextIndex());
        await system.Gateway.ComputeAsync(stored);
        await using (var connection = new NpgsqlConnection(await system.System.GetConnectionStringAsync(ResourceNames.Database)))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            const string Lock = "LOCK TABLE submission, outcome, pending_term IN ACCESS EXCLUSIVE MODE";
            await using (var command = new NpgsqlCommand(Lock, connection, transaction))
                await command.ExecuteNonQueryAsync();
            // The last ones are joined by the gateway.
            var posts = Enumerable.Range(0, 12).Select(_ => system.Gateway.PostJsonAsync($$"""{"index":{{rejected}}}"""));
            foreach (var answer in await Task.WhenAll(posts))
                await Problem.AssertUnavailableAsync(answer);
            foreach (var path in PostgresReads)
            {
                using var answer = await system.Gateway.GetAsync(path);
                await Problem.AssertUnavailableAsync(answer);
                // A busy machine may need more than one attempt.
                await Eventually.HoldsAsync($"{path} is answered within two seconds", async token =>
                {
                    var begun = TimeProvider.System.GetTimestamp();
                    using var again = await system.Gateway.GetAsync(path, token);
                    await Problem.AssertUnavailableAsync(again);
                    return TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(2);
                });
            }
        }

        await system.Gateway.SubmitAsync(rejected);
        Assert.Equal(Fibonacci.Term(rejected), await system.Gateway.UntilComputedAsync(rejected));
        Assert.Contains(stored, await system.Gateway.GetAllAsync());
    }

    [Fact]
    public async Task WithoutAWorker_AnIndexIsPendingUntilAWorkerStarts()
    {
        var index = system.NextIndex();
        await system.System.WithoutAsync(ResourceNames.Worker, async () =>
        {
            await system.Gateway.SubmitAsync(index);
            Assert.Equal("Nothing yet!", (await system.Gateway.GetCurrentAsync())[Key(index)]);

            using (var answer = await system.Gateway.GetAsync($"/api/values/{index}"))
            {
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }

            var item = await system.Gateway.GetNewestAsync(index);
            Assert.Equal("Pending", item.GetProperty("state").GetString());
            foreach (var name in (string[])["digits", "term", "reason", "computedAt"])
                Assert.Equal(JsonValueKind.Null, item.GetProperty(name).ValueKind);
            await UntilHealthAsync("/health", HttpStatusCode.OK, "workers", "Degraded");
        });

        Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
        await UntilHealthAsync("/health", HttpStatusCode.OK, "workers", "Healthy");
    }

    [Fact]
    public async Task WithoutTheApi_TheGatewayAnswers503()
    {
        await system.System.WithoutAsync(ResourceNames.Api, async () =>
        {
            using (var answer = await system.Gateway.GetAsync("/api/values/all"))
                await Problem.AssertUnavailableAsync(answer);
            using (var answer = await system.Gateway.PostJsonAsync("""{"index":7}"""))
                await Problem.AssertUnavailableAsync(answer);
            Assert.Contains("temporarily unavailable", await system.Gateway.GetStringAsync("/"), StringComparison.Ordinal);
            Assert.Equal("Healthy", await system.Gateway.GetStringAsync("/alive"));
            await UntilHealthAsync("/health", HttpStatusCode.ServiceUnavailable, "api", "Unhealthy");
        });

        Assert.Equal("13", await system.Gateway.ComputeAsync(7));
    }

    [Fact]
    public async Task WithoutTheWeb_TheApiKeepsWorking()
    {
        await system.System.WithoutAsync(ResourceNames.Web, async () =>
        {
            using (var answer = await system.Gateway.GetAsync("/"))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            }

            Assert.Equal("13", await system.Gateway.ComputeAsync(7));
            using var health = await system.Gateway.GetAsync("/health");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        });

        Assert.Contains("Fib Calculator", await system.Gateway.GetStringAsync("/"), StringComparison.Ordinal);
    }

    /// <summary>The api is alive but not ready; the gateway is alive and ready, and reports the stores as degraded.</summary>
    private async Task AssertLiveAsync(string store)
    {
        using var api = system.System.CreateClient(ResourceNames.Api);
        Assert.Equal("Healthy", await api.GetStringAsync("/alive"));
        Assert.Equal("Healthy", await system.Gateway.GetStringAsync("/alive"));
        await UntilHealthAsync("/health", HttpStatusCode.ServiceUnavailable, store, "Unhealthy", api);
        await UntilHealthAsync("/health", HttpStatusCode.OK, "api", "Healthy");
        await UntilHealthAsync("/health", HttpStatusCode.OK, "stores", "Degraded");
    }

    /// <summary>Retries because health reports are cached for a second.</summary>
    private Task UntilHealthAsync(string path, HttpStatusCode expected, string check, string status, HttpClient? client = null) =>
        Eventually.HoldsAsync($"{check} is {status}", async token =>
        {
            using var answer = await (client ?? system.Gateway).GetAsync(path, token);
            var results = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(token)).GetProperty("results");
            return answer.StatusCode == expected && results.GetProperty(check).GetProperty("status").GetString() == status;
        });

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);
}
