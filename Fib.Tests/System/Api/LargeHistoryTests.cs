using System.Net;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>More rows than an api caches, in a database of its own: the response combines the cached and the streamed part.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class LargeHistoryTests(SystemFixture system) : IAsyncLifetime
{
    private ScratchDatabase _database = null!;
    private readonly TemporaryFolder _logs = new("fib-tests-");
    private LocalService _service = null!;
    private HttpClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system.System);
        // A separate Redis database, so that the outcomes of the system are not recorded here.
        var redis = await system.System.GetConnectionStringAsync(ResourceNames.Redis);
        _service = await LocalService.StartAsync(
            "Fib.Api",
            _logs.Path,
            [
                new("ConnectionStrings__redis", $"{redis},defaultDatabase=5"),
                new("ConnectionStrings__fibvalues", _database.ConnectionString),
            ]);
        _api = _service.CreateClient();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _service.DisposeAsync();
        _logs.Dispose();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(900_000)]
    public async Task All_AnyNumberOfRows_IsTheWholeHistory(int rows)
    {
        await _database.ExecuteAsync($"INSERT INTO submission (index) SELECT n % 10 FROM generate_series(0, {rows - 1}) AS n");
        for (var again = 0; again < 2; again++)
        {
            using var response = await GetAsync("/values/all");
            Assert.StartsWith($"\"{rows + again}-", response.Headers.ETag?.Tag, StringComparison.Ordinal);
            var text = await response.Content.ReadAsStringAsync();
            var items = Enumerable.Range(0, rows).Select(n => $$"""{"number":{{n % 10}}}""")
                .Concat(Enumerable.Repeat("""{"number":77}""", again));
            Assert.Equal($"[{string.Join(',', items)}]", text);
            await _api.SubmitAsync(77, "/values");
        }
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public async Task Current_AnyNumberOfIndexes_IsTheWholeTable(int indexes)
    {
        var term = new string('7', 100);
        await _database.ExecuteAsync(
            "INSERT INTO outcome (index, digits, preview, computed_at)"
            + $" SELECT n, 100, '{term}', clock_timestamp() FROM generate_series(0, {indexes - 1}) AS n");
        for (var again = 0; again < 2; again++)
        {
            using var response = await GetAsync("/values/current");
            var table = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement.EnumerateObject().ToArray();
            Assert.Equal(Enumerable.Range(0, indexes + again).Select(index => $"{index}"), table.Select(entry => entry.Name));
            Assert.All(table.Take(indexes), entry => Assert.Equal(term, entry.Value.GetString()));
            await _api.SubmitAsync(indexes, "/values");
        }
    }

    /// <summary>A recreated database draws the same ids again.</summary>
    [Fact]
    public async Task All_WithTheETagOfARecreatedDatabase_IsTheNewList()
    {
        await _api.SubmitAsync(7, "/values");
        using var before = await GetAsync("/values/all");
        await _database.ExecuteAsync("TRUNCATE submission, pending_term; ALTER SEQUENCE fib_event RESTART");
        await _api.SubmitAsync(8, "/values");

        _api.DefaultRequestHeaders.IfNoneMatch.Add(before.Headers.ETag!);
        using var after = await GetAsync("/values/all");

        Assert.Equal("""[{"number":7}]""", await before.Content.ReadAsStringAsync());
        Assert.Equal("""[{"number":8}]""", await after.Content.ReadAsStringAsync());
    }

    /// <summary>Retries: on a busy machine the first query of so many rows may take longer than the timeout of a request.</summary>
    private Task<HttpResponseMessage> GetAsync(string path) => Eventually.FindAsync($"{path} is 200", async token =>
    {
        var response = await _api.GetAsync(path, token);
        return response.StatusCode == HttpStatusCode.OK ? response : null;
    });
}
