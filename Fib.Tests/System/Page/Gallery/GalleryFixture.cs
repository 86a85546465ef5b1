using Fib.Tests.Support;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>Records every page and state of a system of its own, once for all tests.</summary>
public sealed class GalleryFixture(BrowserFixture browser) : IAsyncLifetime
{
    /// <summary>Why nothing was recorded; empty if it was.</summary>
    internal string SkipReason { get; private set; } = "";

    internal IReadOnlyList<ScreenshotReport> Reports { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        SkipReason = await browser.WhyNotAsync();
        if (SkipReason.Length > 0)
            return;
        await using var system = await FibSystem.StartAsync(["--Data=none"]);
        var recorder = new ScreenshotRecorder(browser);
        await new GalleryStates(system, recorder).RecordAsync();
        await FaultyApi.RecordAsync(recorder, CancellationToken.None);
        Reports = recorder.Reports;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
