using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Microsoft.Playwright;
using StackExchange.Redis;

namespace Fib.Tests.Browser;

/// <summary>How far a large term is, as a worker tells it.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ProgressTests(DurableSystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/", "#terms [data-slot=progress]")]
    [InlineData("/terms/{0}", ".waiting")]
    public async Task Tell_OfAPendingTerm_IsShown(string path, string place)
    {
        var index = system.NextIndex();
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            await system.Gateway.SubmitAsync(index);
            await using var page = await browser.OpenAsync(system.System.Address, path.Replace("{0}", $"{index}", StringComparison.Ordinal));
            var told = page.Page.Locator(place).First;
            await using var redis = await ConnectionMultiplexer.ConnectAsync(await system.System.GetConnectionStringAsync(ResourceNames.Redis));
            await Eventually.HoldsAsync("the progress is shown", async _ =>
            {
                await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), new TermProgress(new(index), 40).ToString());
                return await told.IsVisibleAsync();
            });
            await Assertions.Expect(told).ToContainTextAsync("40 %");
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }
}
