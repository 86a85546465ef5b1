using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;

namespace Fib.Rehearsal.Checks;

/// <summary>A required property that is missing stops the start, and the message names it.</summary>
internal static class MissingPropertyCheck
{
    /// <summary>Leaves out one property after the other.</summary>
    public static async Task<string> RunAsync(SourceBundle bundle, IReadOnlyDictionary<string, string> properties, CancellationToken cancellationToken)
    {
        var required = bundle.Compose.Required;
        var project = new ComposeProject(bundle.Directory);
        foreach (var missing in required)
        {
            await bundle.WriteEnvironmentAsync(properties.Where(property => property.Key != missing).ToDictionary(), cancellationToken);
            var ended = await project.CheckAsync(cancellationToken);
            if (ended.ExitCode == 0 || !ended.Error.Contains(missing, StringComparison.Ordinal))
                throw new CheckFailedException($"without {missing}: code {ended.ExitCode}, {ended.Error.Trim()}");
        }

        return required.Count > 0 ? string.Join(", ", required) : throw new CheckFailedException("the compose file requires nothing");
    }
}
