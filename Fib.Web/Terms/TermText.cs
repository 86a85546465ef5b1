using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Web.Terms;

/// <summary>Terms and numbers as the page writes them.</summary>
internal static class TermText
{
    private const int WholeDigits = 100;
    private const int GroupDigits = 10;

    /// <summary>A term as a list shows it: whole up to 100 digits, else its ends and its digit count. The same as in wwwroot/js/text.js.</summary>
    public static string Shorten(string term) =>
        term.Length <= WholeDigits || term.Contains('…', StringComparison.Ordinal)
            ? term
            : TermPreview.Shorten(term[..TermPreview.EndDigits], term[^TermPreview.EndDigits..], term.Length);

    /// <summary>Digits in groups of ten, which may be wrapped between groups.</summary>
    /// <param name="digits">The digits.</param>
    /// <param name="place">How many digits of the whole term come before them.</param>
    public static string Group(string digits, long place = 0)
    {
        var head = Math.Min(digits.Length, (int)((GroupDigits - (place % GroupDigits)) % GroupDigits));
        var groups = digits[head..].Chunk(GroupDigits).Select(group => new string(group));
        return string.Join(' ', head > 0 ? groups.Prepend(digits[..head]) : groups);
    }

    /// <summary>A count such as 2,089,877.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Such as "1 digit" and "20,899 digits".</summary>
    public static string Count(long number, string what) => $"{Count(number)} {what}{(number == 1 ? "" : "s")}";
}
