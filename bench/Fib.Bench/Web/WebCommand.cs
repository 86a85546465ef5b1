using System.Globalization;

namespace Fib.Bench.Web;

/// <summary>web BUNDLE PROGRAMS EXPRESS [--seconds N] [--runs N] [--out FILE] [only NAME...]</summary>
internal static class WebCommand
{
    private const string Memory = "memory";
    private const string Growth = "growth";

    private static IEnumerable<string> Names => [.. Workload.All.Select(workload => workload.Name), Memory, Growth];

    public static async Task<int> RunAsync(string[] args)
    {
        var (options, words) = Read(args[3..]);
        var only = words is ["only", .. var names] ? names : [.. Names];
        if (only.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown workload '{unknown}'; the workloads are {string.Join(", ", Names)}.");
            return 2;
        }

        using var ended = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => ended.Cancel(pressed.Cancel = true);
        var report = await MeasureAsync(new MeasuredBundle(args[0]), args[1], args[2], options, only, ended.Token);
        if (options.GetValueOrDefault("--out") is { } file)
            await File.WriteAllTextAsync(file, report);
        Console.Out.Write(report);
        return 0;
    }

    private static async Task<string> MeasureAsync(
        MeasuredBundle bundle, string programs, string source, Dictionary<string, string> options, string[] only,
        CancellationToken cancellationToken)
    {
        await using var collector = await Collector.StartAsync(cancellationToken);
        await using var fib = await FibTargets.StartAsync(bundle, programs, collector, cancellationToken);
        await using var express = await ExpressTarget.StartAsync(fib.System, source, bundle.Workers, cancellationToken);
        var duration = TimeSpan.FromSeconds(Number(options, "--seconds", 10));
        var session = new MeasurementSession([fib.Nginx, express.Target, fib.Yarp], duration, Number(options, "--runs", 3));

        var report = new WebReport(express.Target.Name);
        foreach (var workload in Workload.All.Where(workload => only.Contains(workload.Name)))
            report.Add(workload, await session.MeasureAsync(workload, cancellationToken));
        if (only.Contains(Memory))
            report.AddMemory(await session.MeasureMemoryAsync(cancellationToken));
        if (only.Contains(Growth))
            report.AddGrowth(await session.MeasureGrowthAsync(cancellationToken));
        return report.ToString();
    }

    private static (Dictionary<string, string> Options, string[] Words) Read(string[] args)
    {
        var options = new Dictionary<string, string>();
        var words = args.ToList();
        while (words.FindIndex(word => word.StartsWith("--", StringComparison.Ordinal)) is >= 0 and var at)
        {
            options[words[at]] = words[at + 1];
            words.RemoveRange(at, 2);
        }

        return (options, [.. words]);
    }

    private static int Number(Dictionary<string, string> options, string name, int defaultValue) =>
        options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : defaultValue;
}
