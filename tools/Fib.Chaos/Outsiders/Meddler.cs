using System.Globalization;
using Fib.Redis.Backlog;

namespace Fib.Chaos.Outsiders;

/// <summary>The kinds of meddling. None writes what only a part of the system could have written: a false outcome in the right form is no mistake but a forgery.</summary>
internal static class Meddler
{
    private const string Elsewhere = "fib:elsewhere";
    private const string LastId = "18446744073709551615-18446744073709551615";
    private const double LongestSeconds = 4;

    private static readonly (string Stream, string Group)[] Groups =
    [
        (BacklogKeys.Stream, BacklogKeys.Group), (BacklogKeys.LargeStream, BacklogKeys.Group), (BacklogKeys.Outcomes, BacklogKeys.OutcomesGroup),
    ];

    private static readonly string[] Keys =
    [
        BacklogKeys.Stream, BacklogKeys.LargeStream, BacklogKeys.Outcomes, BacklogKeys.DeadLetters, BacklogKeys.Workers, BacklogKeys.Repair, BacklogKeys.TermsByUse, BacklogKeys.TermSizes,
    ];

    private static readonly string[][] Nonsense =
    [
        ["*", "index", "seven"], ["*", "index", "-1"], ["*", "index", ""], ["*", "index", "99999999999"], ["*", "word", "word"], ["*", "index", "7"],
        ["*", "index", "7", "digits", "two", "preview", "13"], ["99999999999999-0", "index", "7"], [LastId, "index", "7"],
    ];

    private static readonly Func<Random, Meddling>[] Kinds =
    [
        random => Plain("DEL", Of(random, Keys)),
        random => Scripts.DeleteTerm(random.Next()),
        random => Scripts.DeleteEntries(Of(random, Groups).Stream, Few(random)),
        random => Plain("XTRIM", Of(random, Groups).Stream, "MAXLEN", Text(random.Next(10))),
        random => OnGroup(random, "DESTROY"),
        random => Scripts.DeleteConsumer(Of(random, Groups), random.Next()),
        random => OnGroup(random, "SETID", Of(random, ["0", "$", "99999999999999-0", LastId])),
        random => Scripts.Acknowledge(Of(random, Groups), Few(random)),
        random => Plain(["XADD", Of(random, Groups).Stream, .. Of(random, Nonsense)]),
        random => Plain("SET", Of(random, Keys), "text"),
        random => Scripts.ReplaceByList(Of(random, Keys)),
        random => Scripts.ReplaceTermByList(random.Next()),
        random => Scripts.MarkAsAsked(random.Next()),
        random => Plain("RENAME", Of(random, Keys), Of(random, [.. Keys, Elsewhere])),
        random => Scripts.RenameTerm(random.Next(), random.Next()),
        random => Plain("CLIENT", "KILL", "TYPE", Of(random, ["normal", "pubsub"])),
        _ => Plain("FLUSHALL"),
        random => Lasting(random, ["CONFIG", "SET", "maxmemory", "1mb"], ["CONFIG", "SET", "maxmemory", "0"]),
        random => Lasting(random, ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]),
    ];

    /// <summary>The next one; when it happens is not set.</summary>
    public static Meddling Draw(Random random) => Kinds[random.Next(Kinds.Length)](random);

    private static Meddling Plain(params string[] command) => new(string.Join(' ', command.Select(word => word.Length == 0 ? "''" : word)), command);

    private static Meddling OnGroup(Random random, string operation, params string[] rest)
    {
        var (stream, group) = Of(random, Groups);
        return Plain(["XGROUP", operation, stream, group, .. rest]);
    }

    private static Meddling Lasting(Random random, string[] command, string[] undo) =>
        Plain(command) with { Undo = undo, Lasts = TimeSpan.FromSeconds(random.NextDouble() * LongestSeconds) };

    private static T Of<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];

    private static int Few(Random random) => random.Next(1, 20);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
