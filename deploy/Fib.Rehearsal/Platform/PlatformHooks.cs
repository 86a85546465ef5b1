using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Platform;

/// <summary>The scripts under <c>.platform</c>: run as root, in the order of their names, in the bundle's folder, with the properties in their environment.</summary>
internal static class PlatformHooks
{
    /// <summary>Runs the hooks of one stage; a login to a registry is left out, since there is none here.</summary>
    /// <param name="bundle">The unpacked bundle.</param>
    /// <param name="stage">Such as <c>hooks/predeploy</c>.</param>
    /// <param name="properties">The environment properties.</param>
    /// <param name="cancellationToken">Ends the running hook.</param>
    /// <returns>What ran and what was left out, one text to a hook.</returns>
    /// <exception cref="InvalidDataException">A hook is not executable.</exception>
    /// <exception cref="CommandFailedException">A hook ended with another code than 0, which ends a deployment too.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(SourceBundle bundle, string stage, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(bundle.Directory, ".platform", stage);
        var told = new List<string>();
        if (!Directory.Exists(directory))
            return told;
        foreach (var hook in Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        {
            var name = $"{stage}/{Path.GetFileName(hook)}";
            if (!OperatingSystem.IsWindows() && !File.GetUnixFileMode(hook).HasFlag(UnixFileMode.UserExecute))
                throw new InvalidDataException($"{name} is not executable.");
            var login = name.Contains("login", StringComparison.Ordinal);
            told.Add(login ? $"{name} left out" : name);
            if (!login)
                await new Command(hook) { Directory = bundle.Directory, Environment = properties.ToDictionary(property => property.Key, string? (property) => property.Value) }.RunAsync(cancellationToken);
        }

        return told;
    }
}
