using System.Globalization;
using Fib.Chaos.Scheduling;

namespace Fib.Chaos.Tampering;

/// <summary>One Redis command of the tampering client.</summary>
/// <param name="Text">The command as the output shows it.</param>
/// <param name="Command">The command as Redis receives it; a script if it depends on the stored keys.</param>
internal sealed record TamperingCommand(string Text, params IReadOnlyList<string> Command) : IScheduledAction
{
    /// <inheritdoc/>
    public TimeSpan At { get; init; }

    /// <summary>The command that reverts this one; null if it is not reverted.</summary>
    public IReadOnlyList<string>? Undo { get; init; }

    /// <summary>The time until <see cref="Undo"/>.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The command as one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At.TotalSeconds,7:0.0} s  {"tampering",-9} {Text}{(Undo is null ? "" : $", for {Seconds} s")}");

    private string Seconds => Duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
