using System.Globalization;
using System.Text;
using Fib.Chaos.Load;
using Fib.Core.Sequence;

namespace Fib.Chaos.Report;

/// <summary>Compares the responses with what is stored.</summary>
/// <param name="attempts">Every request.</param>
/// <param name="state">What is stored.</param>
internal sealed class InvariantChecker(IReadOnlyCollection<Attempt> attempts, StoredState state)
{
    private const int MaxExamples = 5;

    private readonly Dictionary<int, int> _acknowledged = Count(attempts, AttemptResult.Acknowledged);
    private readonly Dictionary<int, int> _unconfirmed = Count(attempts, AttemptResult.Unconfirmed, AttemptResult.GivenUp);

    /// <summary>One line for each invariant, and the figures that belong to them.</summary>
    public IEnumerable<ReportLine> Check()
    {
        var rejected = attempts.Count(attempt => attempt.Result == AttemptResult.Rejected);
        var unconfirmed = attempts.Count(attempt => attempt.Result is AttemptResult.Unconfirmed or AttemptResult.GivenUp);
        // Otherwise a system that accepts nothing would lose nothing.
        yield return new ReportLine("acknowledged", Format(_acknowledged.Values.Sum()), _acknowledged.Count > 0);
        yield return Line("with a key, but never confirmed", FindGivenUp());
        yield return Line($"lost, of {_acknowledged.Values.Sum()} acknowledged", FindLost());
        yield return Line($"stored too often, of {unconfirmed} unconfirmed", FindStoredTooOften());
        yield return Line($"rejected though valid, of {rejected} rejected", FindValidRejected());
        yield return Line("accepted with the key of another", FindKeyReuseAccepted());
        yield return Line($"without an outcome, of {state.Submissions.Count} indexes", FindWithoutOutcome());
        yield return Line($"wrong, of {state.Outcomes.Count} outcomes", FindWrongOutcomes());
        yield return Line("values/all, different from the database", FindListedDifferently());
        yield return Line("values/current, different from the database", FindShownDifferently());
        yield return Line($"missed or out of order, of {state.Events.Count} events", FindMissedEvents());
        yield return Line($"wrong, of {state.Terms.Count} full terms", FindWrongTerms());
        yield return Figure("sent again with the same key", attempts.Count(attempt => attempt.Result == AttemptResult.Retried));
        yield return Figure(
            "unconfirmed, but stored", _unconfirmed.Keys.Sum(index => Math.Max(0, Stored(index) - _acknowledged.GetValueOrDefault(index))));
        yield return Figure("failed, with a reason", state.Outcomes.Values.Count(outcome => outcome.Reason is not null));
    }

    /// <summary>Acknowledged more often than stored.</summary>
    private IEnumerable<int> FindLost() =>
        _acknowledged.Where(acknowledged => Stored(acknowledged.Key) < acknowledged.Value).Select(acknowledged => acknowledged.Key);

    /// <summary>Stored more often than acknowledged and unconfirmed together; also indexes that were not submitted.</summary>
    private IEnumerable<int> FindStoredTooOften() => state.Submissions
        .Where(stored => stored.Value > _acknowledged.GetValueOrDefault(stored.Key) + _unconfirmed.GetValueOrDefault(stored.Key))
        .Select(stored => stored.Key);

    private IEnumerable<int> FindValidRejected() =>
        attempts.Where(attempt => attempt is { Result: AttemptResult.Rejected, Index: not null }).Select(attempt => attempt.Index!.Value);

    private IEnumerable<int> FindGivenUp() =>
        attempts.Where(attempt => attempt.Result == AttemptResult.GivenUp).Select(attempt => attempt.Index ?? -1);

    private IEnumerable<int> FindKeyReuseAccepted() =>
        attempts.Where(attempt => attempt.Result == AttemptResult.KeyReuseAccepted).Select(attempt => attempt.Index!.Value);

    private IEnumerable<int> FindWithoutOutcome() => state.Submissions.Keys.Except(state.Outcomes.Keys).Union(state.Pending);

    private IEnumerable<int> FindWrongOutcomes() => state.Outcomes.AsParallel()
        .Where(outcome => outcome.Value.Reason is null && !IsRight(outcome.Key, outcome.Value))
        .Select(outcome => outcome.Key).AsSequential();

    private IEnumerable<int> FindListedDifferently() =>
        state.Submissions.Keys.Union(state.Listed.Keys).Where(index => Stored(index) != state.Listed.GetValueOrDefault(index));

    /// <summary>Also keys without an outcome: no term is pending.</summary>
    private IEnumerable<string> FindShownDifferently()
    {
        var expected = state.Outcomes.ToDictionary(outcome => Format(outcome.Key), outcome => Shown(outcome.Value));
        return expected.Keys.Union(state.Current.Keys).Where(key => state.Current.GetValueOrDefault(key) != expected.GetValueOrDefault(key));
    }

    private IEnumerable<int> FindWrongTerms() =>
        state.Terms.Where(term => term.Value != Encoding.ASCII.GetString(TermEngine.Compute(term.Key))).Select(term => term.Key);

    /// <summary>The events that were not received, those received but not stored, and those received out of order.</summary>
    private IEnumerable<long> FindMissedEvents() => state.ReceivedEvents.SequenceEqual(state.Events)
        ? []
        : state.Events.Except(state.ReceivedEvents)
            .Concat(state.ReceivedEvents.Except(state.Events))
            .Concat(state.ReceivedEvents.Zip(state.ReceivedEvents.Skip(1))
                .Where(pair => pair.First >= pair.Second).Select(pair => pair.Second));

    private int Stored(int index) => state.Submissions.GetValueOrDefault(index);

    private static bool IsRight(int index, StoredOutcome outcome)
    {
        var digits = TermEngine.Compute(index);
        return outcome.Digits == digits.Length && outcome.Preview == TermPreview.Of(digits);
    }

    private static string Shown(StoredOutcome outcome) => outcome.Reason is null ? outcome.Preview : "Failed";

    private static Dictionary<int, int> Count(IEnumerable<Attempt> attempts, params AttemptResult[] results) => attempts
        .Where(attempt => attempt.Result is { } result && results.Contains(result) && attempt.Index is not null)
        .CountBy(attempt => attempt.Index!.Value).ToDictionary();

    private static ReportLine Line<T>(string name, IEnumerable<T> violations)
    {
        var found = violations.Order().ToArray();
        if (found.Length == 0)
            return new ReportLine(name, "0", true);
        var examples = string.Join(", ", found.Take(MaxExamples)) + (found.Length > MaxExamples ? ", ..." : "");
        return new ReportLine(name, $"{Format(found.Length)}: {examples}", false);
    }

    private static ReportLine Figure(string name, int value) => new(name, Format(value), null);

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);
}
