using System.Text.RegularExpressions;
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
public sealed class ProgressTests(DurableSystemFixture system, BrowserFixture browser)
{
    /// <summary>The page can receive the preview before the event that the index was accepted.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ComputedTermOfAPendingIndex_IsShown(bool isBeforeAccepted)
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async redis =>
        {
            await using var page = await OpenLiveAsync();
            if (!isBeforeAccepted)
                await SubmitAsync(page, index);
            await PublishTermAsync(redis, index);
            if (isBeforeAccepted)
            {
                // The page is rendered in between.
                await SubmitAsync(page, system.NextIndex());
                await SubmitAsync(page, index);
            }

            await Assertions.Expect(page.Row(index).Locator("[data-slot=term]")).ToContainTextAsync(Fibonacci.Term(index)[..20]);
            await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Pending");
        });
    }

    [Fact]
    public async Task Publish_ComputedTermOfAFailedIndex_IsNotShown()
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async redis =>
        {
            await using var page = await OpenLiveAsync();
            await SubmitAsync(page, index);
            var failed = new OutcomeEntry(new(index), 0, "", "It fails.", new StageTimes(null, null, DateTimeOffset.UtcNow), null);
            await redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, failed.ToFields());
            await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Failed");
            // The next refresh would hide a change.
            await page.Row(index).EvaluateAsync(
                "row => new MutationObserver(() => row.dataset.changed = '').observe(row, { attributeFilter: ['data-state'] })");
            await PublishTermAsync(redis, index);
            // The page is rendered after the preview.
            await SubmitAsync(page, system.NextIndex());
            await Assertions.Expect(page.Row(index)).Not.ToHaveAttributeAsync("data-changed", "");
            await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Failed");
            await Assertions.Expect(page.Row(index).Locator("[data-slot=term]")).ToHaveTextAsync("It fails.");
        });
    }

    /// <summary>Without events, the page has the pending index only from the list, in which its term is null.</summary>
    [Fact]
    public async Task Submit_WithoutEventsAndWorker_IsShownAsPending()
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async _ =>
        {
            await using var page = await browser.OpenAsync(system.System.Address, "/");
            await page.Page.RouteAsync("**/api/values/events", route => route.AbortAsync());
            await page.GotoAsync(page.Page.Url);
            await page.SubmitAsync($"{index}");
            await Assertions.Expect(page.Field).ToHaveValueAsync("");
            await Assertions.Expect(page.Row(index)).ToHaveAttributeAsync("data-state", "Pending");
            await Assertions.Expect(page.Row(index)).ToContainTextAsync($"Index {index} is being calculated");
        });
    }

    [Theory]
    [InlineData("/", "#terms [data-slot=progress]")]
    [InlineData("/terms/{0}", ".waiting")]
    public async Task Publish_ProgressOfAPendingTerm_IsShown(string path, string selector)
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async redis =>
        {
            await system.Gateway.SubmitAsync(index);
            path = path.Replace("{0}", $"{index}", StringComparison.Ordinal);
            await using var page = await browser.OpenAsync(system.System.Address, path);
            var progress = page.Page.Locator(selector).First;
            await Eventually.HoldsAsync("the progress is shown", async _ =>
            {
                await PublishAsync(redis, new TermProgress(new(index), 40));
                return await progress.IsVisibleAsync();
            });
            await Assertions.Expect(progress).ToContainTextAsync("40 %");
        });
    }

    [Fact]
    public async Task Open_WhileTheLastTermIsPending_MeasuresWhenItIsShown()
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async redis =>
        {
            await system.Gateway.SubmitAsync(index);
            await using var page = await OpenLiveAsync();
            await Assertions.Expect(page.Page.Locator("[data-field=index]")).ToHaveTextAsync($"index {index}");
            var term = Fibonacci.Term(index);
            var computed = new OutcomeEntry(new(index), term.Length, term, null, new StageTimes(null, null, DateTimeOffset.UtcNow), null);
            await redis.GetDatabase().AppendAsync(BacklogKeys.Outcomes, computed.ToFields());
            await Assertions.Expect(page.Page.Locator("[data-stage=shown] .time")).ToHaveTextAsync(new Regex(@"\d"));
        });
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Open_PendingTermWhileTheApiFails_IsNotReloaded(int status)
    {
        var index = system.NextIndex();
        await WithoutWorkerAsync(async _ =>
        {
            await system.Gateway.SubmitAsync(index);
            await using var page = await browser.CreateAsync(system.System.Address, new());
            var (navigations, polls, polledTwice) = (0, 0, new TaskCompletionSource());
            page.Page.Request += (_, request) => navigations += request.IsNavigationRequest ? 1 : 0;
            await page.Page.RouteAsync($"**/api/values/{index}", async route =>
            {
                if (++polls == 2)
                    polledTwice.SetResult();
                await route.FulfillAsync(new() { Status = status });
            });
            await page.GotoAsync($"/terms/{index}");
            await polledTwice.Task.WaitAsync(Eventually.DefaultTimeout);
            Assert.Equal(1, navigations);
        });
    }

    private Task WithoutWorkerAsync(Func<IConnectionMultiplexer, Task> testAsync) =>
        system.System.WithoutAsync(ResourceNames.Worker, async () =>
        {
            var connectionString = await system.System.GetConnectionStringAsync(ResourceNames.Redis);
            await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
            await testAsync(redis);
        });

    private async Task<BrowserPage> OpenLiveAsync()
    {
        var page = await browser.OpenAsync(system.System.Address, "/");
        await Assertions.Expect(page.Page.Locator("#live")).ToHaveAttributeAsync("data-state", "open");
        return page;
    }

    private async Task SubmitAsync(BrowserPage page, int index)
    {
        await system.Gateway.SubmitAsync(index);
        await Assertions.Expect(page.Row(index)).ToBeVisibleAsync();
    }

    /// <summary>Publishes until the api, which may have been restarted by another test, receives it.</summary>
    private async Task PublishTermAsync(IConnectionMultiplexer redis, int index)
    {
        using var stream = await EventStream.OpenAsync(system.Gateway);
        var computed = TermProgress.Computed(new(index), Fibonacci.Term(index));
        await Eventually.HoldsAsync("the api receives the term", async _ => await PublishAsync(redis, computed) > 0);
        await stream.ReadUntilAsync("preview", index);
    }

    /// <summary>The number of apis that received it.</summary>
    private static Task<long> PublishAsync(IConnectionMultiplexer redis, TermProgress progress) =>
        redis.GetSubscriber().PublishAsync(RedisChannel.Literal(BacklogKeys.Progress), progress.ToString());
}
