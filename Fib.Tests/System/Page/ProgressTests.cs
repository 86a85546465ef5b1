using Fib.AppHost;
using Fib.LocalSystem.Events;
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
    /// <summary>A page can receive the term before the event that its index was accepted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ComputedTerm_IsShownBeforeItIsRecorded(bool isBeforeAccepted)
    {
        var index = system.NextIndex();
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            using var stream = await EventStream.OpenAsync(system.Gateway);
            await using var page = await browser.OpenAsync(system.System.Address, "/");
            await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
            await using var redis = await ConnectionMultiplexer.ConnectAsync(
                await system.System.GetConnectionStringAsync(ResourceNames.Redis));
            if (!isBeforeAccepted)
            {
                await system.Gateway.SubmitAsync(index);
                await stream.ReadUntilAsync("accepted", index);
            }

            var message = TermProgress.Computed(new(index), Fibonacci.Term(index)).ToString();
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), message);
            await stream.ReadUntilAsync("preview", index);
            if (isBeforeAccepted)
                await system.Gateway.SubmitAsync(index);
            var row = page.Page.Locator($"#terms [data-index='{index}']");
            await Assertions.Expect(row).ToHaveAttributeAsync("data-state", "Computed");
            await Assertions.Expect(row.Locator("[data-slot=term]")).ToContainTextAsync(Fibonacci.Term(index)[..20]);
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }

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
