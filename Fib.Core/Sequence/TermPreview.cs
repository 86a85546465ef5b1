using System.Globalization;
using System.Text;

namespace Fib.Core.Sequence;

/// <summary>A term as lists show it: whole up to <see cref="WholeDigits"/> digits, else its ends and its digit count.</summary>
public static class TermPreview
{
    /// <summary>The longest term that is shown whole.</summary>
    public const int WholeDigits = 1000;

    /// <summary>How many digits a shortened term keeps at each end.</summary>
    public const int EndDigits = 20;

    /// <summary>The preview of a term given whole, as ASCII digits.</summary>
    public static string Of(ReadOnlySpan<byte> digits) =>
        digits.Length <= WholeDigits
            ? Encoding.ASCII.GetString(digits)
            : Shorten(Encoding.ASCII.GetString(digits[..EndDigits]), Encoding.ASCII.GetString(digits[^EndDigits..]), digits.Length);

    /// <summary>The preview of a term of <paramref name="count"/> digits of which only the ends are at hand.</summary>
    public static string Shorten(string first, string last, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}…{last} ({count} digits)");
}
