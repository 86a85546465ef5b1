using System.Security.Cryptography;
using System.Text;

namespace Fib.Web.Submissions;

/// <summary>
/// Idempotency keys of forms that are sent without script. The key is a hash of the random form key and the indexes:
/// a form that is sent twice counts once, and a form with other indexes, after the browser's Back button, is a new submission.
/// </summary>
internal static class IdempotencyKey
{
    /// <summary>A random key for a new form: 32 hexadecimal digits.</summary>
    public static string NewFormKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The idempotency key of indexes that were sent with a form: 64 hexadecimal digits.</summary>
    public static string Create(string? formKey, IEnumerable<string> indexes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{formKey ?? NewFormKey()} {string.Join(',', indexes)}")));
}
