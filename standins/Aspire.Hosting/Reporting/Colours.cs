using System.Text.RegularExpressions;

namespace Aspire.Hosting.Reporting;

/// <summary>Colours on a terminal, unless NO_COLOR is set (no-color.org).</summary>
internal static partial class Colours
{
    private static readonly int[] Palette = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];

    public static bool Wanted { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string Of(int number, string text) => Wanted ? $"\e[{Palette[number % Palette.Length]}m{text}\e[0m" : text;

    public static string Red(string text) => Wanted ? $"\e[31m{text}\e[0m" : text;

    public static string Strip(string text) => text.Contains('\e', StringComparison.Ordinal) ? Sequence().Replace(text, "") : text;

    [GeneratedRegex("\e\\[[0-9;]*[A-Za-z]")]
    private static partial Regex Sequence();
}
