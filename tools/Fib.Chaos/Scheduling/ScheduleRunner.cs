using System.Diagnostics;

namespace Fib.Chaos.Scheduling;

/// <summary>An action with a start time; its text is its line of output.</summary>
internal interface IScheduledAction
{
    /// <summary>The start, measured from the start of the schedule.</summary>
    TimeSpan At { get; }
}

/// <summary>Starts scheduled actions at their times.</summary>
internal static class ScheduleRunner
{
    /// <summary>Writes each action as one line at its start time and then performs it. A late action starts immediately.</summary>
    /// <param name="actions">The actions, ordered by start time.</param>
    /// <param name="output">Receives the lines.</param>
    /// <param name="perform">Performs one action; the next one starts only after the returned task has completed.</param>
    /// <param name="cancellationToken">Ends the schedule.</param>
    public static async Task RunAsync<T>(
        IReadOnlyList<T> actions, TextWriter output, Func<T, Task> perform, CancellationToken cancellationToken)
        where T : IScheduledAction
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var action in actions)
        {
            var wait = action.At - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            await output.WriteLineAsync(action.ToString());
            await perform(action);
        }
    }
}
