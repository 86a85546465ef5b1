using System.Security.Cryptography;
using System.Text;

namespace Fib.Web.Terms;

/// <summary>
/// Idempotency keys of the forms that work without script. A form carries a random text; together with the indexes it makes the key,
/// so a form that is sent twice counts once, and one that is filled in anew after the browser's Back counts anew.
/// </summary>
internal static class SubmissionKey
{
    /// <summary>The random text of a form.</summary>
    public static string NewForm() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The key of indexes that were sent with a form.</summary>
    public static string Of(string? form, IEnumerable<string> indexes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{form ?? NewForm()} {string.Join(',', indexes)}")));
}
