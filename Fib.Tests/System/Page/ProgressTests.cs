using Fib.AppHost;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Fib.Tests.Support;
using Microsoft.Playwright;
using StackExchange.Redis;

namespace Fib.Tests.System.Page;

/// <summary>Tests that pages show the progress that a worker publishes.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class ProgressTests(DurableSystemFixture system, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>The page can receive the preview before the event that the index was accepted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ComputedTermOfAPendingIndex_IsShown(bool isBeforeAccepted)
    {
        var index = system.NextIndex();
        await WithPageAsync(async (page, redis) =>
        {
            if (!isBeforeAccepted)
                await SubmitAsync(page, index);
            await PublishTermAsync(redis, index);
            if (isBeforeAccepted)
            {
                // The page is rendered in between.
                await SubmitAsync(page, system.NextIndex());
                await SubmitAsync(page, index);
            }

            await Assertions.Expect(Row(page, index).Locator("[data-slot=term]")).ToContainTextAsync(Fibonacci.Term(index)[..20]);
            await Assertions.Expect(Row(page, index)).ToHaveAttributeAsync("data-state", "Pending");
        });
    }

    /// <summary>After a submission the page reads the list again, in which the term of a pending index is null.</summary>
    [Fact]
    public async Task Submit_NoWorkerComputes_IsShownAsPending()
    {
        var index = system.NextIndex();
        await WithPageAsync(async (page, _) =>
        {
            await page.SubmitAsync($"{index}");
            await Assertions.Expect(page.Field).ToHaveValueAsync("");
            await Assertions.Expect(Row(page, index)).ToHaveAttributeAsync("data-state", "Pending");
            await Assertions.Expect(Row(page, index)).ToContainTextAsync($"Index {index} is being calculated");
        });
    }

    [Fact]
    public async Task Publish_ComputedTermOfAFailedIndex_IsNotShown()
    {
        var index = system.NextIndex();
        await WithPageAsync(async (page, redis) =>
        {
            await SubmitAsync(page, index);
            var failed = new OutcomeEntry(new(index), 0, "", "It fails.", new StageTimes(null, null, DateTimeOffset.UtcNow), null);
            await redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, failed.ToFields());
            await Assertions.Expect(Row(page, index)).ToHaveAttributeAsync("data-state", "Failed");
            await PublishTermAsync(redis, index);
            // The page is rendered after the preview.
            await SubmitAsync(page, system.NextIndex());
            await Assertions.Expect(Row(page, index)).ToHaveAttributeAsync("data-state", "Failed");
            await Assertions.Expect(Row(page, index).Locator("[data-slot=term]")).ToHaveTextAsync("It fails.");
        });
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

    /// <summary>Opens the page while no worker computes.</summary>
    private async Task WithPageAsync(Func<BrowserPage, IConnectionMultiplexer, Task> testAsync)
    {
        await system.System.StopAsync(ResourceNames.Worker);
        try
        {
            await using var page = await browser.OpenAsync(system.System.Address, "/");
            await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
            await using var redis = await ConnectionMultiplexer.ConnectAsync(
                await system.System.GetConnectionStringAsync(ResourceNames.Redis));
            await testAsync(page, redis);
        }
        finally
        {
            await system.System.StartAsync(ResourceNames.Worker);
        }
    }

    private async Task SubmitAsync(BrowserPage page, int index)
    {
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(Row(page, index)).ToBeVisibleAsync();
    }

    /// <summary>Publishes until the api, which may have been restarted by another test, receives it.</summary>
    private async Task PublishTermAsync(IConnectionMultiplexer redis, int index)
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        var message = TermProgress.Computed(new(index), Fibonacci.Term(index)).ToString();
        await Eventually.HoldsAsync("the api receives the term", async _ =>
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), message) > 0);
        await stream.ReadUntilAsync("preview", index);
    }

    private static ILocator Row(BrowserPage page, int index) => page.Page.Locator($"#terms [data-index='{index}']");
}
