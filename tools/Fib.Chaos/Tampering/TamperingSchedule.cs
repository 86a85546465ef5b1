using System.Globalization;
using Fib.Redis.Backlog;

namespace Fib.Chaos.Tampering;

/// <summary>
/// Derives the commands of the tampering client from a seed: the same seed gives the same commands, and a longer duration only adds more
/// of them. None forges an outcome: one in the right format with a wrong term cannot be told from a worker's.
/// </summary>
internal static class TamperingSchedule
{
    private const string OtherKey = "fib:elsewhere";
    private const string LastId = "18446744073709551615-18446744073709551615";
    private const int MaxEntries = 19;
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(4);

    private static readonly (string Stream, string Group)[] Groups =
    [
        (BacklogKeys.Stream, BacklogKeys.Group), (BacklogKeys.LargeStream, BacklogKeys.Group),
        (BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup),
    ];

    private static readonly string[] Keys =
    [
        BacklogKeys.Stream, BacklogKeys.LargeStream, BacklogKeys.Outcomes, BacklogKeys.DeadLetters, BacklogKeys.Workers,
        BacklogKeys.Repair, BacklogKeys.TermsByUse, BacklogKeys.TermSizes,
    ];

    private static readonly string[][] UnexpectedEntries =
    [
        ["*", "index", "seven"], ["*", "index", "-1"], ["*", "index", ""], ["*", "index", "99999999999"],
        ["*", "word", "word"], ["*", "index", "7"],
        ["*", "index", "7", "digits", "two", "preview", "13"], ["99999999999999-0", "index", "7"], [LastId, "index", "7"],
    ];

    private static readonly Func<Random, TamperingCommand>[] Kinds =
    [
        random => Plain("DEL", Pick(random, Keys)),
        random => TamperingScripts.DeleteTerm(random.Next()),
        random => TamperingScripts.DeleteEntries(Pick(random, Groups).Stream, DrawCount(random)),
        random => Plain("XTRIM", Pick(random, Groups).Stream, "MAXLEN", random.Next(10).ToString(CultureInfo.InvariantCulture)),
        random => OnGroup(random, "DESTROY"),
        random => TamperingScripts.DeleteConsumer(Pick(random, Groups), random.Next()),
        random => OnGroup(random, "SETID", Pick(random, ["0", "$", "99999999999999-0", LastId])),
        random => TamperingScripts.Acknowledge(Pick(random, Groups), DrawCount(random)),
        random => Plain(["XADD", Pick(random, Groups).Stream, .. Pick(random, UnexpectedEntries)]),
        random => Plain("SET", Pick(random, Keys), "text"),
        random => TamperingScripts.ReplaceByList(Pick(random, Keys)),
        random => TamperingScripts.ReplaceTermByList(random.Next()),
        random => TamperingScripts.MarkAsRequested(random.Next()),
        random => Plain("RENAME", Pick(random, Keys), Pick(random, [.. Keys, OtherKey])),
        random => TamperingScripts.RenameTerm(random.Next(), random.Next()),
        random => Plain("CLIENT", "KILL", "TYPE", Pick(random, ["normal", "pubsub"])),
        _ => Plain("FLUSHALL"),
        random => Temporary(random, ["CONFIG", "SET", "maxmemory", "1mb"], ["CONFIG", "SET", "maxmemory", "0"]),
        random => Temporary(random, ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]),
    ];

    /// <summary>The commands, ordered by start time; they do not overlap.</summary>
    public static IReadOnlyList<TamperingCommand> Create(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var commands = new List<TamperingCommand>();
        for (var at = DrawPause(random); at < duration; at += DrawPause(random))
        {
            var command = Pick(random, Kinds)(random) with { At = at };
            commands.Add(command);
            at += command.Duration;
        }

        return commands;
    }

    private static TimeSpan DrawPause(Random random) => MinPause + (random.NextDouble() * (MaxPause - MinPause));

    private static TamperingCommand Plain(params string[] command) =>
        new(string.Join(' ', command.Select(word => word.Length == 0 ? "''" : word)), command);

    private static TamperingCommand OnGroup(Random random, string operation, params string[] rest)
    {
        var (stream, group) = Pick(random, Groups);
        return Plain(["XGROUP", operation, stream, group, .. rest]);
    }

    private static TamperingCommand Temporary(Random random, string[] command, string[] undo) =>
        Plain(command) with { Undo = undo, Duration = random.NextDouble() * MaxDuration };

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];

    private static int DrawCount(Random random) => random.Next(1, MaxEntries + 1);
}
