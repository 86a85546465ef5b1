using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Faults;
using Fib.Chaos.Load;

namespace Fib.Chaos.Report;

/// <summary>The availability as clients see it: figures without an invariant.</summary>
internal static class AvailabilityFigures
{
    private const string Gateway = "gateway";

    /// <summary>The responses by status, the longest response while the gateway ran, and the recovery times.</summary>
    public static IEnumerable<ReportLine> Read(IReadOnlyCollection<Attempt> attempts, FaultLog log)
    {
        var statuses = attempts.CountBy(attempt => attempt.Status).OrderBy(count => count.Key, StringComparer.Ordinal);
        yield return new ReportLine(
            "responses by status", string.Join(", ", statuses.Select(count => $"{count.Key}: {count.Value}")), null);
        var served = attempts.Where(attempt => !log.HasFault(Gateway, attempt.Sent, attempt.Ended)).OrderBy(Duration).ToArray();
        if (served.Length > 0)
        {
            var (slowest, p99) = (served[^1], served[(served.Length - 1) * 99 / 100]);
            yield return new ReportLine(
                "longest response while the gateway ran",
                $"{Seconds(Duration(slowest))} ({slowest.Status}); p99 {Seconds(Duration(p99))}", null);
        }

        var recoveries = FindRecoveryTimes(attempts, log).Order().ToArray();
        if (recoveries.Length > 0)
        {
            var (longest, median) = (recoveries[^1], recoveries[recoveries.Length / 2]);
            yield return new ReportLine(
                "from the last fault to an acknowledgement",
                $"at most {Seconds(longest)}, median {Seconds(median)}, of {recoveries.Length} fault-free periods", null);
        }
    }

    /// <summary>
    /// The times from the start of each fault-free period to its first acknowledgement; a period without one is left out.
    /// </summary>
    private static IEnumerable<TimeSpan> FindRecoveryTimes(IReadOnlyCollection<Attempt> attempts, FaultLog log)
    {
        var acknowledged = attempts
            .Where(attempt => attempt.Result == AttemptResult.Acknowledged).Select(attempt => attempt.Ended).Order().ToArray();
        foreach (var (from, until) in log.FindFaultFreePeriods())
        {
            var position = Array.BinarySearch(acknowledged, from);
            var first = position >= 0 ? position : ~position;
            if (first < acknowledged.Length && acknowledged[first] < until)
                yield return Stopwatch.GetElapsedTime(from, acknowledged[first]);
        }
    }

    private static TimeSpan Duration(Attempt attempt) => Stopwatch.GetElapsedTime(attempt.Sent, attempt.Ended);

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
