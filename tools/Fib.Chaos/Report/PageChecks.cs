using System.Globalization;
using Fib.Chaos.Load;

namespace Fib.Chaos.Report;

/// <summary>Checks the page responses: 500 and stack traces are failures, whatever is unavailable.</summary>
internal static class PageChecks
{
    private const string InternalServerError = "500";

    /// <summary>The invariant, and the number of responses by status.</summary>
    public static IEnumerable<ReportLine> Read(IReadOnlyCollection<PageResponse> responses)
    {
        var failures = responses.Where(response => response.Status == InternalServerError || response.HasStackTrace).ToArray();
        var examples = failures
            .Select(response => $"{response.Path} ({response.Status}{(response.HasStackTrace ? ", with a stack trace" : "")})").Distinct();
        yield return new ReportLine(
            string.Create(CultureInfo.InvariantCulture, $"500 or a stack trace, of {responses.Count} pages"),
            failures.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{failures.Length}: {string.Join(", ", examples)}"),
            failures.Length == 0);
        var statuses = responses.CountBy(response => response.Status).OrderBy(count => count.Key, StringComparer.Ordinal);
        yield return new ReportLine("pages by status", string.Join(", ", statuses.Select(count => $"{count.Key}: {count.Value}")), null);
    }
}
