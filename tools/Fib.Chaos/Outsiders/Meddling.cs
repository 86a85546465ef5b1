using System.Globalization;

namespace Fib.Chaos.Outsiders;

/// <summary>One command that an outsider gives Redis.</summary>
/// <param name="What">The command as the output shows it.</param>
/// <param name="Command">The command as the server gets it; a script where it depends on what the server holds.</param>
internal sealed record Meddling(string What, params IReadOnlyList<string> Command)
{
    /// <summary>Since the start of the storm.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The command that takes it back; null where nothing does.</summary>
    public IReadOnlyList<string>? Undo { get; init; }

    /// <summary>How long it lasts before it is taken back.</summary>
    public TimeSpan Lasts { get; init; }

    /// <summary>The meddling as one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s  {"outsider",-9} {What}{(Undo is null ? "" : string.Create(CultureInfo.InvariantCulture, $", for {Lasts.TotalSeconds:0.0} s"))}");
}
