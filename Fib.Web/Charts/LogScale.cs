namespace Fib.Web.Charts;

/// <summary>Puts whole numbers from 0 onto an axis by their size in powers of ten. 0 has none, and is drawn where 1 is.</summary>
internal sealed class LogScale
{
    private readonly LinearScale _powers;

    /// <summary>An axis from 1 to the first power of ten that is not below the largest value, and at least to 10.</summary>
    public LogScale(long largest, double from, double to)
    {
        Powers = 1;
        for (var end = 10L; end < largest; end *= 10)
            Powers++;
        _powers = new LinearScale(0, Powers, from, to);
    }

    /// <summary>The exponent of ten at the axis's end.</summary>
    public int Powers { get; }

    /// <summary>The coordinate, to a tenth.</summary>
    public double At(double value) => _powers.At(Math.Log10(Math.Max(value, 1)));
}
