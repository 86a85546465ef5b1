using System.Text.RegularExpressions;

namespace Aspire.Hosting.Orchestration;

/// <summary>Takes a line of arguments apart at spaces outside double quotes.</summary>
internal static partial class CommandLine
{
    public static IEnumerable<string> Split(string? line) => Word().Matches(line ?? "").Select(m => m.Value.Replace("\"", "", StringComparison.Ordinal));

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();
}
