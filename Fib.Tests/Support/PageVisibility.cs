using Microsoft.Playwright;

namespace Fib.Tests.Support;

/// <summary>Hides and shows a page as if it were in a background tab, which a browser without a window does not have.</summary>
internal static class PageVisibility
{
    /// <summary>A function of a script.</summary>
    public const string SetHidden = """
        hidden => {
          Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
          document.dispatchEvent(new Event('visibilitychange'));
        }
        """;

    public static Task SetHiddenAsync(this IPage page, bool isHidden) => page.EvaluateAsync(SetHidden, isHidden);
}
