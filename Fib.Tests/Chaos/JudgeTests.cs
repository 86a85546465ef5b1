using Fib.Chaos.Ledger;
using Fib.Chaos.Load;

namespace Fib.Tests.Chaos;

/// <summary>The ledger must find what it is there to find.</summary>
public sealed class JudgeTests
{
    private static readonly Attempt[] Attempts =
    [
        Post(7, Answer.Acknowledged), Post(7, Answer.Acknowledged), Post(10, Answer.Acknowledged), Post(10, Answer.Open), Post(12, Answer.Open), Post(7, Answer.Retried), Post(null, Answer.Refused),
    ];

    private static readonly Books Right = new()
    {
        Submissions = new Dictionary<int, int> { [7] = 2, [10] = 2 },
        Outcomes = new Dictionary<int, RecordedOutcome> { [7] = new(2, "13", null), [10] = new(2, "55", null) },
        Events = [1, 2, 4],
        Heard = [1, 2, 4],
        Pending = new HashSet<int>(),
        Listed = new Dictionary<int, int> { [7] = 2, [10] = 2 },
        Current = new Dictionary<string, string> { ["7"] = "13", ["10"] = "55" },
        Terms = new Dictionary<int, string?> { [7] = "13" },
    };

    public static TheoryData<string> Wrongs => [.. Damages.Keys];

    private static Dictionary<string, Books> Damages => new()
    {
        ["acknowledged, lost: 1: 7"] = Right with { Submissions = new Dictionary<int, int> { [7] = 1, [10] = 2 }, Listed = new Dictionary<int, int> { [7] = 1, [10] = 2 } },
        ["unanswered, stored twice: 1: 10"] = Right with { Submissions = new Dictionary<int, int> { [7] = 2, [10] = 3 }, Listed = new Dictionary<int, int> { [7] = 2, [10] = 3 } },
        ["stuck: 1: 10"] = Right with { Pending = new HashSet<int> { 10 } },
        ["outcomes, wrong: 1: 7"] = Right with { Outcomes = new Dictionary<int, RecordedOutcome> { [7] = new(3, "13", null), [10] = new(2, "55", null) } },
        ["events, missed or not in order: 1: 2"] = Right with { Heard = [1, 4] },
        ["events, missed or not in order: 1: 4"] = Right with { Heard = [1, 2, 4, 4] },
        ["values/all, differing: 1: 10"] = Right with { Listed = new Dictionary<int, int> { [7] = 2, [10] = 1 } },
        ["values/current, differing: 1: 7"] = Right with { Current = new Dictionary<string, string> { ["7"] = "Nothing yet!", ["10"] = "55" } },
        ["whole terms, wrong: 1: 7"] = Right with { Terms = new Dictionary<int, string?> { [7] = null } },
    };

    [Fact]
    public void ReadPromises_AllKept_EveryLineIsClean()
    {
        var lines = new Judge(Attempts, Right).ReadPromises().ToArray();
        Assert.DoesNotContain(lines, line => line.IsClean == false);
        Assert.Equal("1", lines.Single(line => line.What == "unanswered, but stored").Found);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void ReadPromises_OneBroken_SaysWhichAndWhere(string wrong)
    {
        var line = Assert.Single(new Judge(Attempts, Damages[wrong]).ReadPromises(), line => line.IsClean == false);
        Assert.EndsWith(wrong, $"{line.What}: {line.Found}", StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPromises_AnAcceptableIndexRefused_IsWrong() =>
        Assert.Contains(new Judge([.. Attempts, Post(9, Answer.Refused)], Right).ReadPromises(), line => line is { IsClean: false, Found: "1: 9" });

    [Fact]
    public void ReadPromises_AKeyOfAnotherTaken_IsWrong() =>
        Assert.Contains(new Judge([.. Attempts, Post(9, Answer.Misused)], Right).ReadPromises(), line => line is { IsClean: false, What: "keys of others, accepted", Found: "1: 9" });

    [Fact]
    public void ReadPromises_AFailedIndex_IsCountedApart()
    {
        var failed = Right with
        {
            Outcomes = new Dictionary<int, RecordedOutcome> { [7] = new(0, "", "no room"), [10] = new(2, "55", null) },
            Current = new Dictionary<string, string> { ["7"] = "Failed", ["10"] = "55" },
        };
        var lines = new Judge(Attempts, failed).ReadPromises().ToArray();
        Assert.DoesNotContain(lines, line => line.IsClean == false);
        Assert.Equal("1", lines.Single(line => line.What == "failed, with a reason").Found);
    }

    private static Attempt Post(int? index, Answer answer) => new(index, answer, "", 0, 0);
}
