using System.Globalization;
using System.Text;
using Fib.Bench.Engine;
using Fib.Bench.Web;

namespace Fib.Bench.Scale;

/// <summary>scale BUNDLE PROGRAMS, and its options: what more apis and more open pages cost.</summary>
internal static class ScaleCommand
{
    private static readonly int[] Apis = [1, 2, 4, 8];

    /// <summary>[--seconds N] [--out FILE].</summary>
    public static CommandOptions Options(string[] args) => new CommandOptions(args, "--seconds").WithoutWords();

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var options = Options(args[2..]);
        var measurement = new ScaleMeasurement(new MeasuredBundle(args[0]), args[1], options.Seconds(10));
        var steps = new StringBuilder();
        foreach (var apis in Apis)
            steps.Append(Describe(await measurement.MeasureSubmissionsAsync(apis, cancellationToken))).Append('\n');
        var pages = await measurement.MeasureOpenPagesAsync(cancellationToken);
        await options.WriteAsync($"""
            # Scale: several apis with one PostgreSQL, and open pages

            {Machine.Describe()} `./fib bench scale`.

            `wrk -t2 -c32` submits through nginx. All processes and the client share the machine. A commit is one transaction for all
            submissions that wait; the lock is the one that gives events their order.

            | apis | POST | commits/s | submissions per commit | wait for the lock per commit, ms | processor time per POST, microseconds |
            |--:|---|--:|--:|--:|---|
            {steps}
            {pages.Pages:N0} open pages: {ByProcess(pages.Cost, "0.00")} microseconds per event and page.

            """);
        return 0;
    }

    private static string Describe(ScaleStep step) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {step.Apis} | {step.Post} | {step.Commits:N0} | {step.Post.Rate / step.Commits:0.0} | {step.LockWait:0.00} "
        + $"| {ByProcess(step.Post.Cost, "0.0")} |");

    /// <summary>Replicas such as api-1 and api-2 are one part.</summary>
    private static string ByProcess(IReadOnlyDictionary<string, double> cost, string format) => string.Join(", ", cost
        .GroupBy(part => part.Key.Split('-')[0])
        .Select(part => $"{part.Key} {part.Sum(process => process.Value).ToString(format, CultureInfo.InvariantCulture)}"));
}
