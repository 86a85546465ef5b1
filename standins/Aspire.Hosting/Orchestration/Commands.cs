namespace Aspire.Hosting.Orchestration;

/// <summary>Finds programs.</summary>
internal static class Commands
{
    /// <summary>A program's path; throws when it is not installed.</summary>
    public static string Require(string command) => Find(command) ?? throw new DistributedApplicationException($"The program '{command}' was not found.");

    /// <summary>A program's path: as given if it is one, else from PATH and the system's folders.</summary>
    public static string? Find(string command)
    {
        if (command.Contains('/', StringComparison.Ordinal))
            return File.Exists(command) ? command : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]).Select(f => Path.Combine(f, command)).FirstOrDefault(File.Exists);
    }
}
