using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Tests.Support;
using Microsoft.Playwright;
using StackExchange.Redis;

namespace Fib.Tests.System.Page;

/// <summary>Tests that pages show the progress that a worker publishes.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ProgressTests(DurableSystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Theory]
    [InlineData("/", "#terms [data-slot=progress]")]
    [InlineData("/terms/{0}", ".waiting")]
    public async Task Publish_ProgressOfAPendingTerm_IsShown(string path, string selector)
    {
        var index = system.NextIndex();
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            await system.Gateway.SubmitAsync(index);
            path = path.Replace("{0}", $"{index}", StringComparison.Ordinal);
            await using var page = await browser.OpenAsync(system.System.Address, path);
            var progress = page.Page.Locator(selector).First;
            var connectionString = await system.System.GetConnectionStringAsync(ResourceNames.Redis);
            await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
            await Eventually.HoldsAsync("the progress is shown", async _ =>
            {
                var message = new TermProgress(new(index), 40).ToString();
                await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), message);
                return await progress.IsVisibleAsync();
            });
            await Assertions.Expect(progress).ToContainTextAsync("40 %");
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }
}
