using System.Globalization;
using Fib.Chaos.Load;

namespace Fib.Chaos.Ledger;

/// <summary>What the pages showed: a fault of ours is no answer, whatever is away.</summary>
internal static class PageLines
{
    private const string Fault = "500";

    /// <summary>The promise, and the pages by status.</summary>
    public static IEnumerable<LedgerLine> Read(IReadOnlyCollection<PageVisit> visits)
    {
        var wrong = visits.Where(visit => visit.Outcome == Fault || visit.HasStackTrace).ToArray();
        var which = wrong.Select(visit => $"{visit.Path} ({visit.Outcome}{(visit.HasStackTrace ? ", with a stack trace" : "")})").Distinct();
        yield return new LedgerLine(
            string.Create(CultureInfo.InvariantCulture, $"{visits.Count} pages, 500 or with a stack trace"),
            wrong.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{wrong.Length}: {string.Join(", ", which)}"), wrong.Length == 0);
        var outcomes = visits.CountBy(visit => visit.Outcome).OrderBy(found => found.Key, StringComparer.Ordinal);
        yield return new LedgerLine("pages", string.Join(", ", outcomes.Select(found => $"{found.Key}: {found.Value}")), null);
    }
}
