using System.Diagnostics;
using System.Text;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.AppHost;

/// <summary>Tests of the Aspire dashboard after the first start.</summary>
[Collection(DurableSystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class DashboardTests(BrowserFixture browser)
{
    private static readonly string[] Resources =
    [
        ResourceNames.Postgres, ResourceNames.Database, ResourceNames.Redis,
        ResourceNames.Api, ResourceNames.Worker, ResourceNames.Web, ResourceNames.Gateway,
    ];

    /// <summary>The spans of a submission in the order of their start; the dashboard describes messages by system and stream.</summary>
    private static readonly string[] Spans =
    [
        "gateway: POST /api/values", "api: POST /values", "api: INSERT submission Outgoing call to fibvalues",
        "api: MSG redis fib:backlog", "worker: MSG redis fib:backlog", "worker: compute term",
        "worker: MSG redis fib:outcomes", "api: MSG redis fib:outcomes", "api: INSERT outcome Outgoing call to fibvalues",
    ];

    [Fact]
    public async Task Dashboard_AfterTheStart_ShowsHealthyResourcesAndTheTraceOfASubmission()
    {
        var whyNot = await browser.WhyNotAsync();
        Assert.SkipUnless(whyNot.Length == 0, whyNot);
        await using var system = await FibSystem.StartAsync(["--Data=none"], dashboard: true);
        var login = await system.GetDashboardAsync();
        await using var page = await browser.OpenAsync(new Uri(login.GetLeftPart(UriPartial.Authority)), login.PathAndQuery);

        foreach (var resource in Resources)
            await Assertions.Expect(Row(page, resource)).ToContainTextAsync("Running");
        await Assertions.Expect(page.Page.GetByText("Unhealthy")).ToHaveCountAsync(0);
        var link = Row(page, ResourceNames.Gateway).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Page" });
        await Assertions.Expect(link).ToHaveAttributeAsync("href", system.Address.ToString());

        var trace = await SubmitAsync(system);
        // Spans are exported in batches. The page of a trace does not show those that arrive later, and shows one without its parent first.
        await Eventually.HoldsAsync($"the trace shows in this order {string.Join(", ", Spans)}", async _ =>
        {
            await page.GotoAsync($"/traces/detail/{trace}");
            return await ShowsAsync(page, Spans) && Spans.SequenceEqual(await GetShownAsync(page));
        });
        Assert.Empty(page.Errors);
    }

    private static ILocator Row(BrowserPage page, string resource) =>
        page.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { Has = page.Page.Locator($"td[title$=': {resource}']") });

    private static ILocator Cell(BrowserPage page, string title) =>
        page.Page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { Name = title, Exact = true });

    private static async Task<bool> ShowsAsync(BrowserPage page, string[] spans)
    {
        try
        {
            foreach (var span in spans)
                await Cell(page, span).First.WaitForAsync(new LocatorWaitForOptions { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The expected spans in the order of the page.</summary>
    private static async Task<IEnumerable<string>> GetShownAsync(BrowserPage page)
    {
        const string GetTitles = "cells => cells.map(cell => cell.title.replace(/\\s+/g, ' '))";
        var titles = await page.Page.GetByRole(AriaRole.Gridcell).EvaluateAllAsync<string[]>(GetTitles);
        return titles.Where(Spans.Contains).Distinct();
    }

    /// <summary>Submits an index in a new trace and returns the trace id.</summary>
    private static async Task<string> SubmitAsync(FibSystem system)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var content = new StringContent("""{"index":1234}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = content };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        using var response = await system.Gateway.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await system.Gateway.UntilComputedAsync(1234);
        return trace;
    }
}
