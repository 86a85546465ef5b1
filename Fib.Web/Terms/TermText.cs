using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Web.Terms;

/// <summary>Formats terms and numbers for the page.</summary>
internal static class TermText
{
    private const int WholeDigits = 100;
    private const int GroupDigits = 10;

    /// <summary>A term in a list: whole up to 100 digits, else its ends and its digit count. The same as in wwwroot/js/text.js.</summary>
    public static string Shorten(string term) =>
        term.Length <= WholeDigits || term.Contains('…', StringComparison.Ordinal)
            ? term
            : TermPreview.Shorten(term[..TermPreview.EndDigits], term[^TermPreview.EndDigits..], term.Length);

    /// <summary>Digits in groups of ten, so that lines break between groups.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="offset">The number of digits of the whole term before them.</param>
    public static string Group(string digits, long offset = 0)
    {
        var head = Math.Min(digits.Length, (int)((GroupDigits - (offset % GroupDigits)) % GroupDigits));
        var groups = digits[head..].Chunk(GroupDigits).Select(group => new string(group));
        return string.Join(' ', head > 0 ? groups.Prepend(digits[..head]) : groups);
    }

    /// <summary>A count such as 2,089,877.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, such as "1 digit" and "20,899 digits".</summary>
    public static string Count(long number, string noun) => $"{Count(number)} {noun}{(number == 1 ? "" : "s")}";
}
