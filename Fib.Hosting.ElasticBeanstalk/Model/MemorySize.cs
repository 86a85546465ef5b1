using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>An amount of memory in whole MiB.</summary>
internal readonly record struct MemorySize(int MiB)
{
    /// <summary>The smallest limit that Docker accepts (Docker documentation, "Runtime options with Memory").</summary>
    public const int MinMiB = 6;

    /// <summary>Parses whole mebibytes or gibibytes in compose's notation: <c>128m</c>, <c>128mb</c>, <c>1g</c>, <c>1gb</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MemorySize? size)
    {
        var lower = text.ToLowerInvariant().TrimEnd('b');
        var unit = lower.Length > 0 ? lower[^1] switch { 'm' => 1, 'g' => 1024, _ => 0 } : 0;
        size = unit > 0 && int.TryParse(lower[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 1_000_000
            ? new MemorySize(number * unit)
            : null;
        return size is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{MiB}m");
}
