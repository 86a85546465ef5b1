using System.Globalization;
using System.Text;
using Fib.Chaos.Load;
using Fib.Core.Sequence;

namespace Fib.Chaos.Ledger;

/// <summary>Compares what was answered with what is stored.</summary>
/// <param name="attempts">Every request.</param>
/// <param name="books">What is stored.</param>
internal sealed class Judge(IReadOnlyCollection<Attempt> attempts, Books books)
{
    private const int Examples = 5;

    private readonly Dictionary<int, int> _acknowledged = Count(attempts, Answer.Acknowledged);
    private readonly Dictionary<int, int> _open = Count(attempts, Answer.Open);

    /// <summary>The lines that say whether every promise was kept.</summary>
    public IEnumerable<LedgerLine> ReadPromises()
    {
        var refused = attempts.Count(attempt => attempt.Answer == Answer.Refused);
        var open = attempts.Count(attempt => attempt.Answer == Answer.Open);
        yield return Line($"{_acknowledged.Values.Sum()} acknowledged, lost", FindLost());
        yield return Line($"{open} unanswered, stored twice", FindExtra());
        yield return Line($"{refused} refused, though acceptable", FindRefused());
        yield return Line("keys of others, accepted", FindMisused());
        yield return Line($"{books.Submissions.Count} indexes, stuck", FindStuck());
        yield return Line($"{books.Outcomes.Count} outcomes, wrong", FindWrong());
        yield return Line("values/all, differing", FindUnlisted());
        yield return Line("values/current, differing", FindMisread());
        yield return Line($"{books.Events.Count} events, missed or not in order", FindUnheard());
        yield return Line($"{books.Terms.Count} whole terms, wrong", FindWrongTerms());
        yield return new LedgerLine("sent again with their key", Format(attempts.Count(attempt => attempt.Answer == Answer.Retried)), null);
        yield return new LedgerLine("unanswered, but stored", Format(_open.Keys.Sum(index => Math.Max(0, Stored(index) - _acknowledged.GetValueOrDefault(index)))), null);
        yield return new LedgerLine("failed, with a reason", Format(books.Outcomes.Values.Count(outcome => outcome.Reason is not null)), null);
    }

    /// <summary>Acknowledged more often than stored.</summary>
    private IEnumerable<int> FindLost() => _acknowledged.Where(asked => Stored(asked.Key) < asked.Value).Select(asked => asked.Key);

    /// <summary>Stored more often than acknowledged and unanswered together; also what nobody submitted.</summary>
    private IEnumerable<int> FindExtra() =>
        books.Submissions.Where(stored => stored.Value > _acknowledged.GetValueOrDefault(stored.Key) + _open.GetValueOrDefault(stored.Key)).Select(stored => stored.Key);

    /// <summary>An index that is right must not be refused for good.</summary>
    private IEnumerable<int> FindRefused() => attempts.Where(attempt => attempt is { Answer: Answer.Refused, Index: not null }).Select(attempt => attempt.Index!.Value);

    /// <summary>The key of one submission must not be taken for another.</summary>
    private IEnumerable<int> FindMisused() => attempts.Where(attempt => attempt.Answer == Answer.Misused).Select(attempt => attempt.Index!.Value);

    /// <summary>Every stored index must have an outcome.</summary>
    private IEnumerable<int> FindStuck() => books.Submissions.Keys.Except(books.Outcomes.Keys).Union(books.Pending);

    private IEnumerable<int> FindWrong() => books.Outcomes.AsParallel().Where(outcome => outcome.Value.Reason is null && !IsRight(outcome.Key, outcome.Value)).Select(outcome => outcome.Key).AsSequential();

    private IEnumerable<int> FindUnlisted() => books.Submissions.Keys.Union(books.Listed.Keys).Where(index => Stored(index) != books.Listed.GetValueOrDefault(index));

    private IEnumerable<int> FindMisread() => books.Outcomes.Where(outcome => books.Current.GetValueOrDefault(outcome.Key.ToString(CultureInfo.InvariantCulture)) != Shown(outcome.Value)).Select(outcome => outcome.Key);

    private IEnumerable<int> FindWrongTerms() => books.Terms.Where(term => term.Value != Encoding.ASCII.GetString(TermEngine.Compute(term.Key))).Select(term => term.Key);

    /// <summary>Heard each once and in order, the list is that of PostgreSQL.</summary>
    private IEnumerable<long> FindUnheard() => books.Heard.SequenceEqual(books.Events)
        ? []
        : books.Events.Except(books.Heard).Concat(books.Heard.Except(books.Events)).Concat(books.Heard.Zip(books.Heard.Skip(1)).Where(pair => pair.First >= pair.Second).Select(pair => pair.Second));

    private int Stored(int index) => books.Submissions.GetValueOrDefault(index);

    private static bool IsRight(int index, RecordedOutcome outcome)
    {
        var digits = TermEngine.Compute(index);
        return outcome.Digits == digits.Length && outcome.Preview == TermPreview.Of(digits);
    }

    private static string Shown(RecordedOutcome outcome) => outcome.Reason is null ? outcome.Preview : "Failed";

    private static Dictionary<int, int> Count(IEnumerable<Attempt> attempts, Answer answer) =>
        attempts.Where(attempt => attempt.Answer == answer && attempt.Index is not null).CountBy(attempt => attempt.Index!.Value).ToDictionary();

    private static LedgerLine Line<T>(string what, IEnumerable<T> wrong)
    {
        var found = wrong.Order().ToArray();
        var examples = found.Length == 0 ? "" : $": {string.Join(", ", found.Take(Examples))}{(found.Length > Examples ? ", ..." : "")}";
        return new LedgerLine(what, Format(found.Length) + examples, found.Length == 0);
    }

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);
}
