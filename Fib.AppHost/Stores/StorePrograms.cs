namespace Fib.AppHost.Stores;

/// <summary>The programs of this machine that run the stores as processes.</summary>
internal static class StorePrograms
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder of the newest PostgreSQL's programs, or null.</summary>
    public static string? PostgresFolder { get; } = FindPostgres();

    /// <summary>What is missing and how it is installed; null where nothing is.</summary>
    public static string? Missing { get; } = OperatingSystem.IsWindows()
        ? "redis-server and PostgreSQL run as processes on Linux and macOS only."
        : (InPath("redis-server"), PostgresFolder) switch
        {
            (null, null) => "redis-server and PostgreSQL are not installed (Debian: apt-get install redis-server postgresql).",
            (null, _) => "redis-server is not installed (Debian: apt-get install redis-server).",
            (_, null) => "PostgreSQL is not installed (Debian: apt-get install postgresql).",
            _ => null,
        };

    // Debian keeps the programs of each version in a folder of its own, outside the path.
    private static string? FindPostgres() => Directory.Exists(DebianFolder)
        ? Directory.GetDirectories(DebianFolder)
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")))
        : InPath("postgres");

    private static string? InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, program)));
}
