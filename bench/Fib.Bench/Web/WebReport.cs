using System.Globalization;
using System.Text;
using Fib.Bench.Engine;

namespace Fib.Bench.Web;

/// <summary>Formats the measurements as Markdown.</summary>
internal sealed class WebReport
{
    private readonly StringBuilder _figures = new();
    private readonly StringBuilder _costs = new();
    private readonly StringBuilder _rest = new();

    /// <summary>Whether nothing has been added.</summary>
    public bool IsEmpty => _figures.Length + _rest.Length == 0;

    public void Add(Workload workload, IReadOnlyDictionary<string, Figure> figures)
    {
        var express = figures[ExpressTarget.Name];
        _figures.Append(
            $"| {workload.Title} | {express} | {Compare(ExpressTarget.TunedName)} "
            + $"| {Measured("nginx", workload.Nginx)} | {Measured("YARP", workload.Yarp)} |\n");
        foreach (var (target, figure) in figures.Where(figure => figure.Value.Cost.Count > 0))
            Line(_costs, $"| {workload.Name} | {target} | {figure.Cost.Values.Sum():N0} | {ByProcess(figure.Cost)} |");

        string Compare(string target) =>
            $"{figures[target]} (**{Ratio(figures[target].RatioTo(express))}x**)";

        string Measured(string target, Goal? goal) =>
            $"{Compare(target)} | {goal}{(goal?.IsReachedBy(figures[target], express) == false ? ": **not reached**" : "")}";
    }

    public void AddMemory(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> peaks)
    {
        Line(_rest, $"\n## Peak memory under full load, 100,000 stored submissions, MiB\n\n| through | by process |\n|---|---|");
        foreach (var (target, processes) in peaks)
            Line(_rest, $"| {target} | {ByProcess(processes)} |");
    }

    public void AddGrowth(IReadOnlyList<(string Title, Figure Few, Figure Many)> growth)
    {
        Line(_rest, $"\n## With 1,000 and with 1,000,000 stored submissions (goal: within 1.2x)\n");
        Line(_rest, $"| workload | 1,000 | 1,000,000 | cost |\n|---|---|---|--:|");
        foreach (var (title, few, many) in growth)
            Line(_rest, $"| {title} | {few} | {many} | {few.Rate / many.Rate:0.00}x |");
    }

    public void AddReconnection(IReadOnlyList<(string Target, ReconnectionResult Result)> results)
    {
        const string goal = "all within 5 s, none rejected, at most 10 connections";
        Line(_rest, $"\n## {Reconnection.Pages:N0} open pages reconnecting at once (goal: {goal})\n");
        Line(_rest, $"| through | event stream open, p50 / p99 / last | rejected | PostgreSQL connections of the api |\n|---|---|--:|--:|");
        foreach (var (target, result) in results)
            Line(_rest, $"| {target} | {result.Served} / {result.Last:0} ms | {result.Rejected} | {result.Connections} |");
    }

    public override string ToString() =>
        $"""
        # Web benchmarks: wrk -t2 -c32, medians; rate, p50 / p99, (ratio to Express of one process)

        {Machine.Describe()}

        | workload | Express behind nginx | Express, tuned: two processes, prepared statements, kept connections | Fib behind the bundle's nginx | goal | behind YARP | goal |
        |---|---|---|---|---|---|---|
        {_figures}
        ## Processor time per request, microseconds

        | workload | through | total | by process |
        |---|---|--:|---|
        {_costs}{_rest}
        """;

    // Rounded down, so that no ratio looks like a goal that it does not reach.
    private static string Ratio(double ratio)
    {
        var (digits, factor) = ratio < 2 ? ("0.00", 100) : ("0.0", 10);
        return (Math.Floor(ratio * factor) / factor).ToString(digits, CultureInfo.InvariantCulture);
    }

    private static string ByProcess(IReadOnlyDictionary<string, double> figures) => string.Join(", ", figures
        .OrderByDescending(figure => figure.Value)
        .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:N0}")));

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
