using Microsoft.Playwright;

namespace Fib.Tests.Support;

/// <summary>The viewports in which the page is tested, in CSS pixels.</summary>
internal static class Sizes
{
    public static ViewportSize Phone { get; } = new() { Width = 360, Height = 740 };

    public static ViewportSize Desktop { get; } = new() { Width = 1280, Height = 720 };
}
