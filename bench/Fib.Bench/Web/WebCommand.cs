using Fib.LocalSystem;

namespace Fib.Bench.Web;

/// <summary>web BUNDLE PROGRAMS EXPRESS, and <see cref="WebOptions"/>.</summary>
internal static class WebCommand
{
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var options = new WebOptions(args[3..]);
        var report = new WebReport();
        try
        {
            await MeasureAsync(new MeasuredBundle(args[0]), args[1], args[2], options, report, cancellationToken);
        }
        finally
        {
            // Also of an interrupted run: what is measured took many minutes.
            if (!report.IsEmpty)
                await options.WriteAsync(report.ToString());
        }

        return 0;
    }

    private static async Task MeasureAsync(
        MeasuredBundle bundle, string programs, string source, WebOptions options, WebReport report, CancellationToken cancellationToken)
    {
        await using var collector = await Collector.StartAsync(cancellationToken);
        var settings = new SystemSettings { Programs = programs, Variables = project => [.. bundle.FindVariables(project), .. collector.Variables] };
        await using var fib = await FibTargets.StartAsync(bundle, settings, cancellationToken);
        await using var express = await ExpressTarget.StartAsync(fib.System, source, bundle.Workers, isTuned: false, cancellationToken);
        await using var tuned = await ExpressTarget.StartAsync(fib.System, source, bundle.Workers, isTuned: true, cancellationToken);
        var session = new MeasurementSession(
            [fib.Nginx, express.Target, fib.Yarp, tuned.Target], options.WarmUp, options.Duration, options.Runs);

        foreach (var workload in Workload.All.Where(workload => options.Includes(workload.Name)))
            report.Add(workload, await session.MeasureAsync(workload, cancellationToken));
        if (options.Includes(WebOptions.Memory))
            report.AddMemory(await session.MeasureMemoryAsync(cancellationToken));
        if (options.Includes(WebOptions.Growth))
            report.AddGrowth(await session.MeasureGrowthAsync(cancellationToken));
        if (options.Includes(WebOptions.Reconnect))
            report.AddReconnection(await MeasureReconnectionAsync(fib, cancellationToken));
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
