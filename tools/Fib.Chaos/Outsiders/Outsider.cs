using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Ledger;
using Fib.Chaos.Storms;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;

namespace Fib.Chaos.Outsiders;

/// <summary>Somebody who has Redis' password and is no part of the system.</summary>
internal sealed class Outsider(RedisServer redis, OutageLog log, TextWriter output)
{
    private const string Name = "outsider";
    private static readonly TimeSpan ForAnAnswer = TimeSpan.FromSeconds(2);

    private int _commands;
    private int _unanswered;

    /// <summary>How many commands it gave, and how many of them Redis did not answer.</summary>
    public LedgerLine Read() => new("outsider's commands", string.Create(CultureInfo.InvariantCulture, $"{_commands}, unanswered: {_unanswered}"), null);

    /// <summary>Does everything at its time, and takes back what is to be taken back, however long Redis is away.</summary>
    public async Task RunAsync(IReadOnlyList<Meddling> meddlings, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var meddling in meddlings)
        {
            var wait = meddling.At - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            await output.WriteLineAsync(meddling.ToString());
            using (log.Begin(Name))
                await MeddleAsync(meddling, cancellationToken);
        }
    }

    private async Task MeddleAsync(Meddling meddling, CancellationToken cancellationToken)
    {
        _commands++;
        if ((await AskAsync(meddling.Command, cancellationToken)).Length == 0)
            _unanswered++;
        if (meddling.Undo is not { } undo)
            return;
        await Task.Delay(meddling.Lasts, cancellationToken);
        await Eventually.HoldsAsync($"redis takes back: {meddling.What}", async token => await AskAsync(undo, token) == "OK", cancellationToken: cancellationToken);
    }

    /// <summary>The answer; empty where none came in time.</summary>
    private async Task<string> AskAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ForAnAnswer);
        try
        {
            return await redis.AskAsync(deadline.Token, [.. command]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }
}
