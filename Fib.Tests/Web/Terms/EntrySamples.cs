using System.Text.Json;
using Fib.Tests.Support;

namespace Fib.Tests.Web.Terms;

/// <summary>Texts of the field and what they mean, on the server and in the browser alike.</summary>
internal static class EntrySamples
{
    /// <summary>A sample: its text, and either its indexes with commas between them or what is wrong.</summary>
    internal sealed record Sample(string Text, string? Indexes, string? Wrong);

    /// <summary>Every sample of entries.json.</summary>
    public static IReadOnlyList<Sample> All { get; } = JsonSerializer.Deserialize<Sample[]>(
        File.ReadAllText(Path.Combine(Repository.Root, "Fib.Tests", "Web", "Terms", "entries.json")), JsonSerializerOptions.Web)!;
}
