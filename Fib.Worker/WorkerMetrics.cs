using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Worker;

/// <summary>The worker's own metrics.</summary>
internal sealed class WorkerMetrics
{
    private static readonly InstrumentAdvice<double> Durations =
        new() { HistogramBucketBoundaries = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 1, 5, 10] };

    private readonly Counter<long> _terms, _digits;
    private readonly Histogram<double> _durations;

    public WorkerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Fib.Worker");
        _terms = meter.CreateCounter<long>("fib.terms.computed", "{term}", "Terms that were computed.");
        _digits = meter.CreateCounter<long>("fib.digits.computed", "{digit}", "Digits of the terms that were computed.");
        _durations = meter.CreateHistogram("fib.term.duration", "s", "How long the computation of a term took.", advice: Durations);
        meter.CreateObservableCounter(
            "fib.engine.recomputed", () => TermEngine.Recomputed, "{term}",
            "Terms that failed their verification and were computed again.");
    }

    /// <summary>Counts a computed term.</summary>
    public void AddTerm(SequenceIndex index, int digits, TimeSpan duration)
    {
        var tags = new TagList { { "fib.term.size", SizeOf(index, digits) } };
        _terms.Add(1, tags);
        _digits.Add(digits, tags);
        _durations.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Short terms are part of their outcome; large ones come from <see cref="BacklogKeys.LargeStream"/>.</summary>
    private static string SizeOf(SequenceIndex index, int digits) =>
        digits <= TermPreview.WholeDigits ? "short" : BacklogKeys.IsLarge(index) ? "large" : "long";
}
