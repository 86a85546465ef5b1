using System.Globalization;

namespace Fib.Chaos.Storms;

/// <summary>One part is away for a while.</summary>
/// <param name="At">Since the start of the storm.</param>
/// <param name="Part">Which process.</param>
/// <param name="Kind">How.</param>
/// <param name="Away">For how long it stays killed, stopped or ended.</param>
internal sealed record Outage(TimeSpan At, string Part, OutageKind Kind, TimeSpan Away)
{
    /// <summary>The outage as one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s  {Part,-9} {What}, for {Away.TotalSeconds:0.0} s");

    private string What => Kind switch
    {
        OutageKind.Kill => "killed",
        OutageKind.Stop => "stopped",
        OutageKind.Restart => "ended",
        _ => "killed and emptied",
    };
}
