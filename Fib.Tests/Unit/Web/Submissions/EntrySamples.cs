using System.Text.Json;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.Web.Submissions;

/// <summary>Texts of the field and how both the server and the browser parse them.</summary>
internal static class EntrySamples
{
    /// <summary>A text, and either its comma-separated indexes or the error.</summary>
    internal sealed record EntrySample(string Text, string? Indexes, string? Error);

    /// <summary>The samples of entries.json.</summary>
    public static IReadOnlyList<EntrySample> All { get; } = JsonSerializer.Deserialize<EntrySample[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "Fib.Tests", "Unit", "Web", "Submissions", "entries.json")),
        JsonSerializerOptions.Web)!;
}
