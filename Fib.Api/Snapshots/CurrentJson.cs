using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Fib.Api.Storage;

namespace Fib.Api.Snapshots;

/// <summary>What the indexes show as the course application has it: <c>{"7":"13","8":"Nothing yet!"}</c>.</summary>
internal static class CurrentJson
{
    private const string Pending = "Nothing yet!";
    private const string Failed = "Failed";

    // The ellipsis of a shortened term stays readable; the content type keeps browsers from taking it for HTML.
    private static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>One entry, without what separates it from others.</summary>
    public static byte[] Item(CurrentEntry entry)
    {
        var text = entry switch { { IsFailed: true } => Failed, { Preview: { } preview } => Readable.Encode(preview), _ => Pending };
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{entry.Index}\":\"{text}\""));
    }
}
