using Fib.Tests.Support;

namespace Fib.Tests.Browser.Gallery;

/// <summary>A walk through every page and state of a system that nobody else uses, done once.</summary>
public sealed class GalleryFixture : IAsyncLifetime
{
    private readonly BrowserFixture _browser = new();

    /// <summary>Why nobody walked; empty where somebody did.</summary>
    internal string WhyNot => _browser.WhyNot;

    internal IReadOnlyList<PageReport> Reports { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        if (WhyNot.Length > 0)
            return;
        await using var system = await FibSystem.StartAsync(["--Data=none"]);
        var camera = new Camera(_browser);
        await new GalleryWalk(system, camera).WalkAsync();
        await BrokenApi.TakeAsync(camera, CancellationToken.None);
        Reports = camera.Reports;
    }

    public ValueTask DisposeAsync() => _browser.DisposeAsync();
}
