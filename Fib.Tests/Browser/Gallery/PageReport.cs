namespace Fib.Tests.Browser.Gallery;

/// <summary>What was noticed on a page in one of its states.</summary>
/// <param name="Name">The state, the size and the theme.</param>
/// <param name="Findings">What axe-core found that is serious or critical; null where it is not installed.</param>
/// <param name="Errors">What the console got as errors.</param>
/// <param name="Elsewhere">What was asked of another origin.</param>
/// <param name="Shift">How much the layout moved by itself (web.dev, "Cumulative Layout Shift").</param>
/// <param name="Headers">Those of the page itself.</param>
internal sealed record PageReport(
    string Name, IReadOnlyList<string>? Findings, IReadOnlyList<string> Errors, IReadOnlyList<string> Elsewhere, double Shift, IReadOnlyDictionary<string, string> Headers);
