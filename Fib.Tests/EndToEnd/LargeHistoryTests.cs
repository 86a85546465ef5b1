using System.Net;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>More than an api keeps in memory, in a database of its own: there, what is kept and what is streamed make one answer.</summary>
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
        // Another of Redis' databases: what the system's own apis record must not come here.
        var redis = await system.System.GetConnectionStringAsync(ResourceNames.Redis);
        _service = await LocalService.StartAsync(
            "Fib.Api", _logs.Path, [new("ConnectionStrings__redis", $"{redis},defaultDatabase=5"), new("ConnectionStrings__fibvalues", _database.ConnectionString)]);
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
            using var answer = await GetAsync("/values/all");
            Assert.Equal($"\"{rows + again}\"", answer.Headers.ETag?.Tag);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal("[" + string.Join(',', Enumerable.Range(0, rows).Select(n => $$"""{"number":{{n % 10}}}""").Concat(Enumerable.Repeat("""{"number":77}""", again))) + "]", text);
            await SubmitAsync(77);
        }
    }

    [Theory]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public async Task Current_AnyNumberOfIndexes_IsTheWholeTable(int indexes)
    {
        var term = new string('7', 100);
        await _database.ExecuteAsync($"INSERT INTO outcome (index, digits, preview, computed_at) SELECT n, 100, '{term}', clock_timestamp() FROM generate_series(0, {indexes - 1}) AS n");
        for (var again = 0; again < 2; again++)
        {
            using var answer = await GetAsync("/values/current");
            var table = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement.EnumerateObject().ToArray();
            Assert.Equal(Enumerable.Range(0, indexes + again).Select(index => $"{index}"), table.Select(entry => entry.Name));
            Assert.All(table.Take(indexes), entry => Assert.Equal(term, entry.Value.GetString()));
            await SubmitAsync(indexes);
        }
    }

    private async Task SubmitAsync(int index)
    {
        using var answer = await _api.PostJsonAsync($$"""{"index":{{index}}}""", "/values");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>On a machine with other work the first look at so much may take longer than a request waits.</summary>
    private Task<HttpResponseMessage> GetAsync(string path) => Eventually.FindAsync($"{path} answers", async token =>
    {
        var answer = await _api.GetAsync(path, token);
        return answer.StatusCode == HttpStatusCode.OK ? answer : null;
    });
}
