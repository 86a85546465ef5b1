using System.Globalization;
using System.Net;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;
using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal.Checks;

/// <summary>Every container stays under its limit while the system works hard with much stored.</summary>
internal sealed class LoadCheck(IDeployment deployment, FrontDoor door)
{
    private const int Stored = 100_000;
    private const int Connections = 32;
    private const int LargestIndex = SequenceIndex.DefaultMaximum;
    private const int LargestTerms = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ForATerm = TimeSpan.FromSeconds(60);

    /// <summary>Fills the stores through the front door, loads the system, and looks at the memory of each container.</summary>
    public async Task RunAsync(CheckTable table, CancellationToken cancellationToken)
    {
        var containers = await deployment.ListAsync(cancellationToken);
        await using var watch = await MemoryWatch.StartAsync(containers, cancellationToken);
        await table.RunAsync($"{Stored:N0} submissions stored", FillAsync, cancellationToken);
        await table.RunAsync($"load, {Duration.TotalSeconds:0} s at {Connections} connections", LoadAsync, cancellationToken);
        await table.RunAsync($"{CrowdCheck.Pages} open pages", token => CrowdCheck.RunAsync(door, token), cancellationToken);
        await watch.StopAsync();
        foreach (var container in containers)
            await table.RunAsync($"memory of {container.Service}", token => JudgeAsync(container, watch, token), cancellationToken);
    }

    private static async Task<string> FillAsync(CancellationToken cancellationToken)
    {
        using var load = new Load(Connections);
        var started = TimeProvider.System.GetTimestamp();
        await load.SubmitAsync(Stored, cancellationToken);
        return load.Summarize(TimeProvider.System.GetElapsedTime(started));
    }

    private async Task<string> LoadAsync(CancellationToken cancellationToken)
    {
        using var load = new Load(Connections);
        var mix = load.MixAsync(Duration, cancellationToken);
        var largest = ReadLargestAsync(cancellationToken);
        await mix;
        return $"{load.Summarize(Duration)}; {await largest}";
    }

    /// <summary>Their digits are compared: a wrong term is worse than a slow one.</summary>
    private async Task<string> ReadLargestAsync(CancellationToken cancellationToken)
    {
        for (var index = LargestIndex; index > LargestIndex - LargestTerms; index--)
        {
            if (await door.SubmitAsync(index, cancellationToken) is var status and not HttpStatusCode.OK)
                throw new CheckFailedException($"index {index} was answered with {status}");
            var expected = FrontDoor.Term(index);
            await Eventually.HoldsAsync($"the term of {index} is right", async token => await door.ReadTermAsync(index, token) == expected, ForATerm, cancellationToken);
        }

        return $"{LargestTerms} of the largest terms right";
    }

    private static async Task<string> JudgeAsync(Container container, MemoryWatch watch, CancellationToken cancellationToken)
    {
        var state = await Engine.InspectAsync(container.Id, cancellationToken);
        if (state.OutOfMemory || state.Restarts > 0 || watch.ReadKills(container) > 0)
            throw new CheckFailedException($"it ran out of memory or ended: {state.Restarts} restarts");
        var text = string.Create(CultureInfo.InvariantCulture, $"peak {watch.Peaks[container] / 1048576.0:0.0} MiB of {state.MemoryLimit / 1048576.0:0} MiB");
        return state.MemoryLimit > 0 && watch.Peaks[container] < state.MemoryLimit ? text : throw new CheckFailedException(text);
    }
}
