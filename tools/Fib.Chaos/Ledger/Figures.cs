using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Load;
using Fib.Chaos.Storms;

namespace Fib.Chaos.Ledger;

/// <summary>How it felt from outside: figures, without a verdict.</summary>
internal static class Figures
{
    private const string Gateway = "gateway";

    /// <summary>The classes of the answers, and how long the longest took while the gateway ran.</summary>
    public static IEnumerable<LedgerLine> Read(IReadOnlyCollection<Attempt> attempts, OutageLog log)
    {
        var classes = attempts.CountBy(attempt => attempt.Class).OrderBy(found => found.Key, StringComparer.Ordinal);
        yield return new LedgerLine("answers", string.Join(", ", classes.Select(found => $"{found.Key}: {found.Value}")), null);
        var alive = attempts.Where(attempt => !log.WasAway(Gateway, attempt.Sent, attempt.Ended)).OrderBy(Took).ToArray();
        if (alive.Length > 0)
            yield return new LedgerLine("longest answer with a gateway", $"{Seconds(Took(alive[^1]))} ({alive[^1].Class}); p99 {Seconds(Took(alive[(alive.Length - 1) * 99 / 100]))}", null);
        var back = FindBack(attempts, log).Order().ToArray();
        if (back.Length > 0)
            yield return new LedgerLine("acknowledging again after", $"{Seconds(back[^1])} at most, {Seconds(back[back.Length / 2])} in the middle, of {back.Length} calms", null);
    }

    /// <summary>From the end of all outages until the first acknowledgement; a calm that ends before one is left out.</summary>
    private static IEnumerable<TimeSpan> FindBack(IReadOnlyCollection<Attempt> attempts, OutageLog log)
    {
        var acknowledged = attempts.Where(attempt => attempt.Answer == Answer.Acknowledged).Select(attempt => attempt.Ended).Order().ToArray();
        foreach (var (from, until) in log.FindCalms())
        {
            var position = Array.BinarySearch(acknowledged, from);
            var first = position >= 0 ? position : ~position;
            if (first < acknowledged.Length && acknowledged[first] < until)
                yield return Stopwatch.GetElapsedTime(from, acknowledged[first]);
        }
    }

    private static TimeSpan Took(Attempt attempt) => Stopwatch.GetElapsedTime(attempt.Sent, attempt.Ended);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
