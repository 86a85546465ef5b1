namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The roots for a split of the node x^4m - c^4: c, c^2 and c^3. A split in two uses only c^2;
/// the four lowest children are x - c, x + c, x - ic and x + ic.
/// </summary>
internal readonly struct Roots
{
    public readonly double Re1, Im1, Re2, Im2, Re3, Im3;

    /// <param name="fraction">Of a full turn: c^4 = e^(2 pi i fraction).</param>
    public Roots(double fraction)
    {
        var angle = Math.PI / 2 * fraction;
        (Im1, Re1) = Math.SinCos(angle);
        (Im2, Re2) = Math.SinCos(2 * angle);
        (Im3, Re3) = Math.SinCos(3 * angle);
    }
}
