using System.Globalization;
using Fib.Core.Sequence;
using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal.Checks;

/// <summary>Checks that every container stays below its memory limit under load, with 100,000 submissions stored.</summary>
internal sealed class LoadCheck(IDeployment deployment, EdgeClient edge)
{
    private const int StoredSubmissions = 100_000;
    private const int Connections = 32;
    private const int LargestIndex = SequenceIndex.DefaultMaximum;
    private const int LargestTerms = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TermTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Fills the stores through the api, loads the system, and checks the peak memory of each container.</summary>
    public async Task RunAsync(CheckTable table, CancellationToken cancellationToken)
    {
        var containers = await deployment.ListAsync(cancellationToken);
        await using var memory = await MemorySampler.StartAsync(containers, cancellationToken);
        await table.RunAsync($"{StoredSubmissions:N0} submissions stored", FillAsync, cancellationToken);
        await table.RunAsync($"load, {Duration.TotalSeconds:0} s at {Connections} connections", LoadAsync, cancellationToken);
        await table.RunAsync($"{OpenPagesCheck.Pages} open pages", token => OpenPagesCheck.RunAsync(edge, token), cancellationToken);
        await memory.StopAsync();
        foreach (var container in containers)
            await table.RunAsync($"memory of {container.Service}", token => CheckMemoryAsync(container, memory, token), cancellationToken);
    }

    private static async Task<string> FillAsync(CancellationToken cancellationToken)
    {
        using var load = new Load(Connections);
        var started = TimeProvider.System.GetTimestamp();
        await load.SubmitAsync(StoredSubmissions, cancellationToken);
        return load.Summarize(TimeProvider.System.GetElapsedTime(started));
    }

    private async Task<string> LoadAsync(CancellationToken cancellationToken)
    {
        using var load = new Load(Connections);
        var workload = load.RunWorkloadAsync(Duration, cancellationToken);
        var largest = ReadLargestAsync(cancellationToken);
        await workload;
        return $"{load.Summarize(Duration)}; {await largest}";
    }

    /// <summary>Submits the largest indexes and compares all digits of their terms.</summary>
    private async Task<string> ReadLargestAsync(CancellationToken cancellationToken)
    {
        for (var index = LargestIndex; index > LargestIndex - LargestTerms; index--)
        {
            await edge.SubmitAsync(index, cancellationToken);
            await edge.WaitForTermAsync(index, TermTimeout, cancellationToken);
        }

        return $"{LargestTerms} of the largest terms correct";
    }

    private static async Task<string> CheckMemoryAsync(Container container, MemorySampler memory, CancellationToken cancellationToken)
    {
        var state = await Engine.InspectAsync(container.Id, cancellationToken);
        if (state.OutOfMemory || state.Restarts > 0 || memory.ReadKills(container) > 0)
            throw new CheckFailedException($"the container ran out of memory or ended: {state.Restarts} restarts");
        var peak = memory.Peaks[container];
        var text = string.Create(CultureInfo.InvariantCulture, $"peak {peak / 1048576.0:0.0} MiB of {state.MemoryLimit / 1048576.0:0} MiB");
        return state.MemoryLimit > 0 && peak < state.MemoryLimit ? text : throw new CheckFailedException(text);
    }
}
