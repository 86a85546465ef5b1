using System.Globalization;
using Fib.Chaos.Faults;
using Fib.Chaos.Report;
using Fib.Chaos.Scheduling;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Stores;

namespace Fib.Chaos.Tampering;

/// <summary>A Redis client that is no part of the system and tampers with its keys.</summary>
internal sealed class TamperingClient(RedisServer redis, FaultLog log, TextWriter output)
{
    private const string Name = "tampering client";
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(2);

    private int _commands;
    private int _withoutReply;

    /// <summary>The number of commands, and how many of them got no reply.</summary>
    public ReportLine Read() => new(
        "commands of the tampering client",
        string.Create(CultureInfo.InvariantCulture, $"{_commands}, without a reply: {_withoutReply}"), null);

    /// <summary>Sends all commands at their times, and reverts what has to be reverted as soon as Redis is available.</summary>
    public Task RunAsync(IReadOnlyList<TamperingCommand> schedule, CancellationToken cancellationToken) =>
        ScheduleRunner.RunAsync(schedule, output, async command =>
        {
            using (log.Begin(Name))
                await SendAsync(command, cancellationToken);
        }, cancellationToken);

    private async Task SendAsync(TamperingCommand command, CancellationToken cancellationToken)
    {
        _commands++;
        if ((await ExecuteAsync(command.Command, cancellationToken)).Length == 0)
            _withoutReply++;
        if (command.Undo is not { } undo)
            return;
        await Task.Delay(command.Duration, cancellationToken);
        await Eventually.HoldsAsync(
            $"redis reverts {command.Text}", async token => await ExecuteAsync(undo, token) == "OK", cancellationToken: cancellationToken);
    }

    /// <summary>The reply; empty if there is none within 2 s.</summary>
    private async Task<string> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ReplyTimeout);
        try
        {
            return await redis.ExecuteAsync(deadline.Token, [.. command]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }
    }
}
