using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks that compose fails if a required environment property is missing, and that its message names the property.</summary>
internal static class MissingPropertyCheck
{
    /// <summary>Runs compose without each of the required properties in turn.</summary>
    /// <exception cref="CheckFailedException">Compose succeeds, does not name the property, or the compose file requires none.</exception>
    public static async Task<string> RunAsync(
        SourceBundle bundle, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var required = bundle.Compose.Required;
        var project = new ComposeProject(bundle.Directory);
        foreach (var missing in required)
        {
            await bundle.WriteEnvironmentAsync(properties.Where(property => property.Key != missing).ToDictionary(), cancellationToken);
            var result = await project.CheckAsync(cancellationToken);
            if (result.ExitCode == 0 || !result.Error.Contains(missing, StringComparison.Ordinal))
                throw new CheckFailedException($"without {missing}: exit code {result.ExitCode}, {result.Error.Trim()}");
        }

        return required.Count > 0 ? string.Join(", ", required) : throw new CheckFailedException("the compose file requires no property");
    }
}
