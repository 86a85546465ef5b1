using Fib.Rehearsal.Containers;
using Fib.LocalSystem.Processes;

namespace Fib.Rehearsal.Checks;

/// <summary>The containers come up as they are meant to run.</summary>
internal static class StartCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Starts them and waits until each is healthy.</summary>
    /// <exception cref="TimeoutException">One does not become healthy; the message has its last lines.</exception>
    public static async Task<string> RunAsync(IDeployment deployment, CancellationToken cancellationToken)
    {
        await deployment.StartAsync(cancellationToken);
        var containers = await deployment.ListAsync(cancellationToken);
        foreach (var container in containers)
            await WaitAsync(container, cancellationToken);
        return string.Join(", ", containers.Select(container => container.Service));
    }

    /// <summary>Each has a limit and a user of its own.</summary>
    public static async Task<string> LookAtLimitsAsync(IDeployment deployment, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var container in await deployment.ListAsync(cancellationToken))
        {
            var state = await Engine.InspectAsync(container.Id, cancellationToken);
            if (state.MemoryLimit == 0)
                wrong.Add($"{container.Service} has no memory limit");
            if (state.User is "" or "0" or "root")
                wrong.Add($"{container.Service} runs as root");
        }

        return wrong.Count == 0 ? "limits set, nobody is root" : throw new CheckFailedException(string.Join("; ", wrong));
    }

    /// <summary>Waits until the container is healthy, or runs where it has no health check.</summary>
    public static async Task WaitAsync(Container container, CancellationToken cancellationToken)
    {
        try
        {
            await Eventually.HoldsAsync($"{container.Service} is healthy", async token =>
                await Engine.InspectAsync(container.Id, token) is { Running: true, Health: "healthy" or "none" }, Longest, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{await Engine.ReadLogAsync(container.Id, 20, cancellationToken)}", late);
        }
    }
}
