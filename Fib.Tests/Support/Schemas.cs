namespace Fib.Tests.Support;

/// <summary>Public JSON schemas that are not part of this repository.</summary>
internal static class Schemas
{
    public const string WhyMissing = "the schema is neither in FIB_SCHEMAS nor in ../shared/data/schemas";

    /// <summary>The schema's text, or null.</summary>
    public static string? Find(string name) => Directories().Select(directory => Path.Combine(directory, name))
        .Where(File.Exists).Select(File.ReadAllText).FirstOrDefault();

    private static IEnumerable<string> Directories()
    {
        if (Environment.GetEnvironmentVariable("FIB_SCHEMAS") is { Length: > 0 } configured)
            yield return configured;
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Fib.sln")))
                yield return Path.Combine(directory.FullName, "..", "shared", "data", "schemas");
        }
    }
}
