using System.Runtime.CompilerServices;

namespace Fib.Tests.Support;

/// <summary>The expected outputs. If the variable UPDATE_GOLDEN is set, they are written instead of compared.</summary>
internal static class Golden
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") is { Length: > 0 };

    /// <summary>Compares files of an output directory with a set of golden files.</summary>
    public static void Verify(string output, string name, IReadOnlyList<string> paths, [CallerFilePath] string caller = "")
    {
        var golden = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Updates)
            Write(output, golden, paths);
        Assert.Equal(Files(golden), paths.Order(StringComparer.Ordinal));
        foreach (var path in paths)
            Assert.Equal(File.ReadAllText(Path.Combine(golden, path)), File.ReadAllText(Path.Combine(output, path)));
    }

    public static IEnumerable<string> Files(string directory) =>
        Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static void Write(string output, string golden, IReadOnlyList<string> paths)
    {
        if (Directory.Exists(golden))
            Directory.Delete(golden, recursive: true);
        foreach (var path in paths)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(golden, path))!);
            File.Copy(Path.Combine(output, path), Path.Combine(golden, path));
        }
    }
}
