using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.Browser.Gallery;

/// <summary>How somebody looks at a page.</summary>
/// <param name="Size">phone or desktop.</param>
/// <param name="Theme">What the browser prefers.</param>
internal sealed record Look(string Size, ColorScheme Theme)
{
    public static IReadOnlyList<Look> All { get; } =
        [new("phone", ColorScheme.Light), new("phone", ColorScheme.Dark), new("desktop", ColorScheme.Light), new("desktop", ColorScheme.Dark)];

    public string Name => $"{Size}-{(Theme == ColorScheme.Dark ? "dark" : "light")}";

    public BrowserNewContextOptions Options => new() { ColorScheme = Theme, ViewportSize = Size == "phone" ? Sizes.Phone : Sizes.Desktop };
}
