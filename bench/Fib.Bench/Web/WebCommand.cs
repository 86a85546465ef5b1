using Fib.LocalSystem;

namespace Fib.Bench.Web;

/// <summary>
/// web BUNDLE PROGRAMS EXPRESS [--quick] [--seconds N] [--runs N] [--out FILE] [only NAME...]. With <c>--quick</c> it measures for about
/// a minute.
/// </summary>
internal static class WebCommand
{
    private const string Memory = "memory";
    private const string Growth = "growth";
    private const string Reconnect = "reconnect";
    private const string Quick = "--quick";

    private static IEnumerable<string> Names => [.. Workload.All.Select(workload => workload.Name), Memory, Growth, Reconnect];

    public static async Task<int> RunAsync(string[] args)
    {
        var isQuick = args.Contains(Quick);
        var options = new CommandOptions(args[3..].Where(word => word != Quick));
        string[] only = options.Words is ["only", .. var names] ? names : [.. isQuick ? Workload.Quick : Names];
        if (only.FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"Unknown workload '{unknown}'; the workloads are {string.Join(", ", Names)}.");
            return 2;
        }

        using var ended = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) => ended.Cancel(pressed.Cancel = true);
        await options.WriteAsync(await MeasureAsync(new MeasuredBundle(args[0]), args[1], args[2], options, only, isQuick, ended.Token));
        return 0;
    }

    private static async Task<string> MeasureAsync(
        MeasuredBundle bundle, string programs, string source, CommandOptions options, string[] only, bool isQuick,
        CancellationToken cancellationToken)
    {
        await using var collector = await Collector.StartAsync(cancellationToken);
        var settings = new SystemSettings { Programs = programs, Variables = _ => [.. bundle.Variables, .. collector.Variables] };
        await using var fib = await FibTargets.StartAsync(bundle, settings, cancellationToken);
        await using var express = await ExpressTarget.StartAsync(fib.System, source, bundle.Workers, isTuned: false, cancellationToken);
        await using var tuned = await ExpressTarget.StartAsync(fib.System, source, bundle.Workers, isTuned: true, cancellationToken);
        var session = new MeasurementSession(
            [fib.Nginx, express.Target, fib.Yarp, tuned.Target], TimeSpan.FromSeconds(isQuick ? 2 : 10),
            options.Seconds(isQuick ? 2 : 10), options.Number("--runs", isQuick ? 1 : 3));

        var report = new WebReport();
        foreach (var workload in Workload.All.Where(workload => only.Contains(workload.Name)))
            report.Add(workload, await session.MeasureAsync(workload, cancellationToken));
        if (only.Contains(Memory))
            report.AddMemory(await session.MeasureMemoryAsync(cancellationToken));
        if (only.Contains(Growth))
            report.AddGrowth(await session.MeasureGrowthAsync(cancellationToken));
        if (only.Contains(Reconnect))
            report.AddReconnection(await MeasureReconnectionAsync(fib, cancellationToken));
        return report.ToString();
    }

    private static async Task<IReadOnlyList<(string Target, ReconnectionResult Result)>> MeasureReconnectionAsync(
        FibTargets fib, CancellationToken cancellationToken)
    {
        var results = new List<(string, ReconnectionResult)>();
        foreach (var target in (Target[])[fib.Nginx, fib.Yarp])
        {
            await target.Seed(1_000, 41, cancellationToken);
            results.Add((target.Name, await Reconnection.MeasureAsync(target, fib.System, cancellationToken)));
        }

        return results;
    }
}
