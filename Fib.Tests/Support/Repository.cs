namespace Fib.Tests.Support;

/// <summary>Where things are that were built.</summary>
internal static class Repository
{
    /// <summary>The folder of Fib.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A service's program: built beside the tests, in the same configuration.</summary>
    public static string Program(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(output.Parent!.Parent!.FullName, project, output.Name, $"{project}.dll");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Fib.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Fib.sln.");
        return directory.FullName;
    }
}
