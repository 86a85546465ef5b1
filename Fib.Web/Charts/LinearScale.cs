namespace Fib.Web.Charts;

/// <summary>Puts values onto an axis in proportion.</summary>
/// <param name="First">The value at <paramref name="From"/>.</param>
/// <param name="Last">The value at <paramref name="To"/>; not <paramref name="First"/>.</param>
/// <param name="From">A coordinate.</param>
/// <param name="To">A coordinate; below <paramref name="From"/> for an axis that points up.</param>
internal sealed record LinearScale(double First, double Last, double From, double To)
{
    /// <summary>The coordinate, to a tenth: finer than a screen shows.</summary>
    public double At(double value) => Math.Round(From + ((value - First) / (Last - First) * (To - From)), 1);
}
