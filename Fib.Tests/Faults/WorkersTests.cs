using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Faults;

[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class WorkersTests(DurableSystemFixture system)
{
    [Fact]
    public async Task TwoWorkers_ShareTheWork()
    {
        using var api = system.System.CreateClient(ResourceNames.Api);
        await Eventually.HoldsAsync("two workers are alive", async token =>
        {
            var results = (await api.GetFromJsonAsync<JsonElement>("/health", token)).GetProperty("results");
            return results.GetProperty("workers").GetProperty("description").GetString() == "2 alive";
        });

        var indexes = Enumerable.Range(0, 200).Select(_ => system.NextIndex()).ToArray();
        await Task.WhenAll(indexes.Select(system.Gateway.SubmitAsync));
        foreach (var index in indexes)
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Fact]
    public async Task AnIndexAboveTheWorkersMaximum_FailsWithItsReasonInEveryAnswer()
    {
        const int index = DurableSystemFixture.WorkersMaximum + 4;
        using var stream = await EventStream.OpenAsync(system.Gateway);
        Assert.Equal("Failed", await system.Gateway.ComputeAsync(index));

        var reason = (await stream.ReadUntilAsync("failed", index))[^1].Data.GetProperty("reason").GetString()!;
        Assert.Contains("90000", reason, StringComparison.Ordinal);
        var item = await system.Gateway.GetNewestAsync(index);
        Assert.Equal(("Failed", reason), (item.GetProperty("state").GetString(), item.GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Null, item.GetProperty("term").ValueKind);

        using var answer = await system.Gateway.GetAsync($"/api/values/{index}");
        Assert.Contains(reason, await Problem.AssertDetailAsync(HttpStatusCode.UnprocessableEntity, answer), StringComparison.Ordinal);
    }
}
