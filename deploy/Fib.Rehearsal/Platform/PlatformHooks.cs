using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Platform;

/// <summary>
/// The scripts under <c>.platform</c>. The platform runs them as root, sorted by name, in the bundle's directory, with the
/// environment properties as variables.
/// </summary>
internal static class PlatformHooks
{
    /// <summary>Runs the hooks of one stage. A hook that logs in to a registry is skipped, because the rehearsal has no registry.</summary>
    /// <param name="bundle">The unpacked bundle.</param>
    /// <param name="stage">For example <c>hooks/predeploy</c>.</param>
    /// <param name="properties">The environment properties.</param>
    /// <param name="cancellationToken">Stops the running hook.</param>
    /// <returns>One text per hook: its name, and whether it was skipped.</returns>
    /// <exception cref="InvalidDataException">A hook is not executable.</exception>
    /// <exception cref="CommandFailedException">A hook ended with an exit code other than 0, which also fails a deployment.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        SourceBundle bundle, string stage, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(bundle.Directory, ".platform", stage);
        var results = new List<string>();
        if (!Directory.Exists(directory))
            return results;
        var environment = properties.ToDictionary(property => property.Key, string? (property) => property.Value);
        foreach (var hook in Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        {
            var name = $"{stage}/{Path.GetFileName(hook)}";
            if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(hook).HasFlag(UnixFileMode.UserExecute))
                throw new InvalidDataException($"{name} is not executable.");
            var login = name.Contains("login", StringComparison.Ordinal);
            results.Add(login ? $"{name} skipped" : name);
            if (!login)
                await new Command(hook) { Directory = bundle.Directory, Environment = environment }.RunAsync(cancellationToken);
        }

        return results;
    }
}
