using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal.Checks;

/// <summary>The host names that the services use for one another resolve.</summary>
internal static class NamesCheck
{
    /// <summary>Resolves names inside one container.</summary>
    public static async Task<string> RunAsync(Container inside, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var addresses = new List<string>();
        foreach (var name in names.Distinct())
        {
            var line = await Engine.DockerAsync(cancellationToken, "exec", inside.Id, "getent", "hosts", name);
            addresses.Add($"{name} {line.Split(' ')[0]}");
        }

        return string.Join(", ", addresses);
    }
}
