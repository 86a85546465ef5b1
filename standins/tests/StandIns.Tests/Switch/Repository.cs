namespace StandIns.Tests.Switch;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public const string AspireVersion = "13.5.2";

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Fib.sln")) ? folder.FullName : Find(folder.Parent ?? throw new DirectoryNotFoundException("Fib.sln is in no folder above the tests."));
}
