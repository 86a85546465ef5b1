namespace Fib.Bench.Web;

/// <summary>Measures the targets alternately, so that other load affects all of them alike.</summary>
internal sealed class MeasurementSession(IReadOnlyList<Target> targets, TimeSpan warmUp, TimeSpan duration, int runs)
{
    /// <summary>The median over all runs of a workload, by target name. Every run begins with the same rows.</summary>
    public async Task<IReadOnlyDictionary<string, Figure>> MeasureAsync(Workload workload, CancellationToken cancellationToken)
    {
        var figures = targets.ToDictionary(target => target.Name, _ => new List<Figure>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var target in targets)
            {
                if (run == 0)
                    await RunAsync(workload, target, warmUp, cancellationToken);
                figures[target.Name].Add(await RunAsync(workload, target, duration, cancellationToken));
                await Console.Error.WriteLineAsync($"{workload.Name} {target.Name}: {figures[target.Name][^1]}");
            }
        }

        return figures.ToDictionary(figure => figure.Key, figure => Figure.Median(figure.Value));
    }

    /// <summary>The peak memory of each process under reads and writes in MiB, by target name.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeasureMemoryAsync(
        CancellationToken cancellationToken)
    {
        var peaks = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        foreach (var target in targets)
        {
            await target.Seed(100_000, 41, cancellationToken);
            ProcessCosts.ResetPeaks(target.Processes);
            // The longest requests last: a server may still answer them for seconds after the end of their run.
            foreach (var name in (string[])["post", "current-41", "all-100000"])
                await Workload.All.Single(workload => workload.Name == name).RunAsync(target, duration, cancellationToken);
            peaks[target.Name] = ProcessCosts.ReadPeaks(target.Processes);
        }

        return peaks;
    }

    /// <summary>A POST and a page of the history with 1,000 and with 1,000,000 stored submissions, through the first target only.</summary>
    public async Task<IReadOnlyList<(string Title, Figure Few, Figure Many)>> MeasureGrowthAsync(CancellationToken cancellationToken)
    {
        var post = Workload.All.Single(workload => workload.Name == "post");
        var page = new Workload(
            "page", "GET values, 50 rows", null, null, 0, 0, (target, time, token) => Workload.LoadAsync(target, "values", null, time, token));
        var found = new List<(string, Figure, Figure)>();
        foreach (var workload in (Workload[])[post, page])
        {
            var session = new MeasurementSession([targets[0]], warmUp, duration, runs);
            var few = await session.MeasureAsync(workload with { Rows = 1_000, Keys = 41 }, cancellationToken);
            var many = await session.MeasureAsync(workload with { Rows = 1_000_000, Keys = 41 }, cancellationToken);
            found.Add((workload.Title, few[targets[0].Name], many[targets[0].Name]));
        }

        return found;
    }

    private static async Task<Figure> RunAsync(Workload workload, Target target, TimeSpan duration, CancellationToken cancellationToken)
    {
        await target.Seed(workload.Rows, workload.Keys, cancellationToken);
        return await workload.RunAsync(target, duration, cancellationToken);
    }
}
