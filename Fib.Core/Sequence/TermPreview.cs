using System.Globalization;
using System.Text;

namespace Fib.Core.Sequence;

/// <summary>The form of a term in lists: whole up to <see cref="WholeDigits"/> digits, else both ends and the digit count.</summary>
public static class TermPreview
{
    /// <summary>The longest term that is not shortened, in digits.</summary>
    public const int WholeDigits = 1000;

    /// <summary>The number of digits that a shortened term keeps at each end.</summary>
    public const int EndDigits = 20;

    /// <summary>The preview of a term from all its ASCII digits.</summary>
    public static string Of(ReadOnlySpan<byte> digits) =>
        digits.Length <= WholeDigits
            ? Encoding.ASCII.GetString(digits)
            : Shorten(Encoding.ASCII.GetString(digits[..EndDigits]), Encoding.ASCII.GetString(digits[^EndDigits..]), digits.Length);

    /// <summary>The preview of a term of <paramref name="count"/> digits from its first and last digits.</summary>
    public static string Shorten(string first, string last, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}…{last} ({count} digits)");
}
