namespace Fib.AppHost.Stores;

/// <summary>The locally installed programs of the stores.</summary>
internal static class StorePrograms
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder with the programs of the newest PostgreSQL version, or null.</summary>
    public static string? PostgresFolder { get; } = FindPostgres();

    /// <summary>The missing programs and how to install them; null if none is missing.</summary>
    public static string? Missing { get; } = OperatingSystem.IsWindows()
        ? "redis-server and PostgreSQL run as processes on Linux and macOS only."
        : (InPath("redis-server"), PostgresFolder) switch
        {
            (null, null) => "redis-server and PostgreSQL are not installed (Debian: apt-get install redis-server postgresql).",
            (null, _) => "redis-server is not installed (Debian: apt-get install redis-server).",
            (_, null) => "PostgreSQL is not installed (Debian: apt-get install postgresql).",
            _ => null,
        };

    // Debian has a folder for the programs of each version, outside of the path.
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
