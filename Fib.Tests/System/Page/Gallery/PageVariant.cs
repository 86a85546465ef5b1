using Fib.Tests.Support;
using Microsoft.Playwright;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>A size and a colour theme in which a page is shown.</summary>
/// <param name="Size">phone or desktop.</param>
/// <param name="Theme">The preferred colour scheme of the browser.</param>
internal sealed record PageVariant(string Size, ColorScheme Theme)
{
    public static IReadOnlyList<PageVariant> All { get; } =
    [
        new("phone", ColorScheme.Light), new("phone", ColorScheme.Dark),
        new("desktop", ColorScheme.Light), new("desktop", ColorScheme.Dark),
    ];

    public string Name => $"{Size}-{(Theme == ColorScheme.Dark ? "dark" : "light")}";

    public BrowserNewContextOptions Options =>
        new() { ColorScheme = Theme, ViewportSize = Size == "phone" ? Sizes.Phone : Sizes.Desktop };
}
