namespace Fib.AppHost.Stores;

/// <summary>The locally installed programs of the stores.</summary>
internal static class StorePrograms
{
    /// <summary>
    /// The folder with the programs of the newest PostgreSQL version, or null. Debian and Homebrew have a folder for each version, outside
    /// of the path.
    /// </summary>
    public static string? PostgresFolder { get; } =
        FindNewest("/usr/lib/postgresql", "")
        ?? InPath("postgres")
        ?? FindNewest("/opt/homebrew/opt", "postgresql@")
        ?? FindNewest("/usr/local/opt", "postgresql@");

    /// <summary>The missing programs and how to install them; null if none is missing.</summary>
    public static string? Missing { get; } = OperatingSystem.IsWindows()
        ? "redis-server and PostgreSQL run as processes on Linux and macOS only."
        : DescribeMissing(InPath("redis-server") is not null, PostgresFolder is not null);

    /// <summary>The <c>bin</c> folder of the newest version of PostgreSQL.</summary>
    /// <param name="folder">The folder with a subfolder for each version.</param>
    /// <param name="prefix">The part of their names before the version.</param>
    internal static string? FindNewest(string folder, string prefix) => !Directory.Exists(folder)
        ? null
        : Directory.GetDirectories(folder, $"{prefix}*")
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version)[prefix.Length..], out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "postgres")));

    internal static string? DescribeMissing(bool hasRedis, bool hasPostgres) => (hasRedis, hasPostgres) switch
    {
        (false, false) => NotInstalled("redis-server and PostgreSQL are", "redis-server postgresql", "redis postgresql@17"),
        (false, true) => NotInstalled("redis-server is", "redis-server", "redis"),
        (true, false) => NotInstalled("PostgreSQL is", "postgresql", "postgresql@17"),
        _ => null,
    };

    private static string NotInstalled(string programs, string debian, string homebrew) =>
        $"{programs} not installed (Debian: apt-get install {debian}; macOS: brew install {homebrew}).";

    private static string? InPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, program)));
}
