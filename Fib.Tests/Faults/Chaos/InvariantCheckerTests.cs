using Fib.Chaos.Load;
using Fib.Chaos.Report;

namespace Fib.Tests.Faults.Chaos;

/// <summary>Each violation of an invariant must be found.</summary>
public sealed class InvariantCheckerTests
{
    private static readonly Attempt[] Attempts =
    [
        Post(7, AttemptResult.Acknowledged), Post(7, AttemptResult.Acknowledged), Post(10, AttemptResult.Acknowledged),
        Post(10, AttemptResult.Unconfirmed), Post(12, AttemptResult.Unconfirmed),
        Post(7, AttemptResult.Retried), Post(null, AttemptResult.Rejected),
    ];

    private static readonly StoredState Valid = new()
    {
        Submissions = new Dictionary<int, int> { [7] = 2, [10] = 2 },
        Outcomes = new Dictionary<int, StoredOutcome> { [7] = new(2, "13", null), [10] = new(2, "55", null) },
        Events = [1, 2, 4],
        ReceivedEvents = [1, 2, 4],
        Pending = new HashSet<int>(),
        Listed = new Dictionary<int, int> { [7] = 2, [10] = 2 },
        Current = new Dictionary<string, string> { ["7"] = "13", ["10"] = "55" },
        Terms = new Dictionary<int, string?> { [7] = "13" },
    };

    public static TheoryData<string> ViolationNames => [.. Violations.Keys];

    private static Dictionary<string, StoredState> Violations => new()
    {
        ["lost, of 3 acknowledged: 1: 7"] = WithSubmissions(1, 2),
        ["stored too often, of 2 unconfirmed: 1: 10"] = WithSubmissions(2, 3),
        ["without an outcome, of 2 indexes: 1: 10"] = Valid with { Pending = new HashSet<int> { 10 } },
        ["wrong, of 2 outcomes: 1: 7"] = Valid with
        {
            Outcomes = new Dictionary<int, StoredOutcome> { [7] = new(3, "13", null), [10] = new(2, "55", null) },
        },
        ["missed or out of order, of 3 events: 1: 2"] = Valid with { ReceivedEvents = [1, 4] },
        ["missed or out of order, of 3 events: 1: 4"] = Valid with { ReceivedEvents = [1, 2, 4, 4] },
        ["values/all, different from the database: 1: 10"] = Valid with { Listed = new Dictionary<int, int> { [7] = 2, [10] = 1 } },
        ["values/current, different from the database: 1: 7"] = Valid with
        {
            Current = new Dictionary<string, string> { ["7"] = "Nothing yet!", ["10"] = "55" },
        },
        ["values/current, different from the database: 1: 12"] = Valid with
        {
            Current = new Dictionary<string, string> { ["7"] = "13", ["10"] = "55", ["12"] = "144" },
        },
        ["wrong, of 1 full terms: 1: 7"] = Valid with { Terms = new Dictionary<int, string?> { [7] = null } },
    };

    [Fact]
    public void Check_NoViolation_EveryInvariantHolds()
    {
        var lines = new InvariantChecker(Attempts, Valid).Check().ToArray();
        Assert.DoesNotContain(lines, line => line.Holds == false);
        Assert.Equal("1", lines.Single(line => line.Name == "unconfirmed, but stored").Value);
    }

    [Theory]
    [MemberData(nameof(ViolationNames))]
    public void Check_OneViolation_NamesTheInvariantAndTheExample(string violation)
    {
        var line = Assert.Single(new InvariantChecker(Attempts, Violations[violation]).Check(), line => line.Holds == false);
        Assert.Equal(violation, $"{line.Name}: {line.Value}");
    }

    [Fact]
    public void Check_ValidIndexRejected_DoesNotHold() =>
        Assert.Contains(
            new InvariantChecker([.. Attempts, Post(9, AttemptResult.Rejected)], Valid).Check(),
            line => line is { Holds: false, Value: "1: 9" });

    [Fact]
    public void Check_NothingAcknowledged_DoesNotHold() =>
        Assert.Contains(
            new InvariantChecker([.. Attempts.Where(attempt => attempt.Result != AttemptResult.Acknowledged)], Valid).Check(),
            line => line is { Holds: false, Name: "acknowledged", Value: "0" });

    [Fact]
    public void Check_KeyNeverConfirmed_DoesNotHoldButMayBeStored()
    {
        var stored = Valid with { Submissions = new Dictionary<int, int> { [7] = 2, [10] = 2, [13] = 1 } };
        var lines = new InvariantChecker([.. Attempts, Post(13, AttemptResult.GivenUp)], stored).Check().ToArray();
        Assert.Contains(lines, line => line is { Holds: false, Name: "with a key, but never confirmed", Value: "1: 13" });
        Assert.Contains(lines, line => line is { Holds: true, Name: "stored too often, of 3 unconfirmed" });
    }

    [Fact]
    public void Check_KeyOfAnotherAccepted_DoesNotHold() =>
        Assert.Contains(
            new InvariantChecker([.. Attempts, Post(9, AttemptResult.KeyReuseAccepted)], Valid).Check(),
            line => line is { Holds: false, Name: "accepted with the key of another", Value: "1: 9" });

    [Fact]
    public void Check_FailedIndex_IsCountedSeparately()
    {
        var failed = Valid with
        {
            Outcomes = new Dictionary<int, StoredOutcome> { [7] = new(0, "", "no room"), [10] = new(2, "55", null) },
            Current = new Dictionary<string, string> { ["7"] = "Failed", ["10"] = "55" },
        };
        var lines = new InvariantChecker(Attempts, failed).Check().ToArray();
        Assert.DoesNotContain(lines, line => line.Holds == false);
        Assert.Equal("1", lines.Single(line => line.Name == "failed, with a reason").Value);
    }

    private static StoredState WithSubmissions(int of7, int of10)
    {
        var submissions = new Dictionary<int, int> { [7] = of7, [10] = of10 };
        return Valid with { Submissions = submissions, Listed = submissions };
    }

    private static Attempt Post(int? index, AttemptResult result) => new(index, result, "", 0, 0);
}
