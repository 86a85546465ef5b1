using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks of the containers themselves.</summary>
internal static class ContainerChecks
{
    private const int LogLines = 20;
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(90);

    /// <summary>Starts all containers and waits until each is healthy.</summary>
    /// <exception cref="TimeoutException">One is not healthy within 90 s; the message has the last lines of its log.</exception>
    public static async Task<string> StartAsync(IDeployment deployment, CancellationToken cancellationToken)
    {
        await deployment.StartAsync(cancellationToken);
        var containers = await deployment.ListAsync(cancellationToken);
        foreach (var container in containers)
            await WaitHealthyAsync(container, cancellationToken);
        return string.Join(", ", containers.Select(container => container.Service));
    }

    /// <summary>Checks that each container has a memory limit and does not run as root.</summary>
    /// <exception cref="CheckFailedException">A container has no limit or runs as root.</exception>
    public static async Task<string> LimitsAsync(IDeployment deployment, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var container in await deployment.ListAsync(cancellationToken))
        {
            var state = await Engine.InspectAsync(container.Id, cancellationToken);
            if (state.MemoryLimit == 0)
                problems.Add($"{container.Service} has no memory limit");
            if (state.User is "" or "0" or "root")
                problems.Add($"{container.Service} runs as root");
        }

        return problems.Count == 0
            ? "every container has a memory limit, none runs as root"
            : throw new CheckFailedException(string.Join("; ", problems));
    }

    /// <summary>Resolves host names inside a container.</summary>
    /// <exception cref="CommandFailedException">A name does not resolve.</exception>
    public static async Task<string> ResolveAsync(Container container, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var addresses = new List<string>();
        foreach (var name in names.Distinct())
        {
            var line = await Engine.DockerAsync(cancellationToken, "exec", container.Id, "getent", "hosts", name);
            addresses.Add($"{name} {line.Split(' ')[0]}");
        }

        return string.Join(", ", addresses);
    }

    /// <summary>Waits until the container is healthy, or until it runs if it has no health check.</summary>
    /// <exception cref="TimeoutException">It did not become healthy within 90 s; the message has the last lines of its log.</exception>
    public static async Task WaitHealthyAsync(Container container, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.HoldsAsync($"{container.Service} is healthy", async token =>
                await Engine.InspectAsync(container.Id, token) is { Running: true, Health: "healthy" or "none" },
                HealthTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            var log = await Engine.ReadLogAsync(container.Id, LogLines, cancellationToken);
            throw new TimeoutException($"{exception.Message}\n{log}", exception);
        }
    }
}
