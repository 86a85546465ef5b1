using System.Globalization;
using System.Text;
using Fib.Bench.Engine;

namespace Fib.Bench.Web;

/// <summary>The figures as Markdown.</summary>
internal sealed class WebReport(string yardstick)
{
    private readonly StringBuilder _figures = new();
    private readonly StringBuilder _costs = new();
    private readonly StringBuilder _rest = new();

    public void Add(Workload workload, IReadOnlyDictionary<string, Figure> figures)
    {
        var express = figures[yardstick];
        Line(_figures, $"| {workload.Title} | {express} | {Ours("nginx")} | {Ours("YARP")} | {workload.Goal} |");
        foreach (var (target, figure) in figures.Where(figure => figure.Value.Cost.Count > 0))
            Line(_costs, $"| {workload.Name} | {target} | {figure.Cost.Values.Sum():N0} | {string.Join(", ", figure.Cost.OrderByDescending(cost => cost.Value).Select(cost => string.Create(CultureInfo.InvariantCulture, $"{cost.Key} {cost.Value:N0}")))} |");

        string Ours(string target) => string.Create(CultureInfo.InvariantCulture, $"{figures[target]} (**{figures[target].Against(express):0.0}x**)");
    }

    public void AddMemory(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> peaks)
    {
        Line(_rest, $"\n## The most memory at full load, 100,000 stored, MiB\n\n| through | by process |\n|---|---|");
        foreach (var (target, processes) in peaks)
            Line(_rest, $"| {target} | {string.Join(", ", processes.OrderByDescending(process => process.Value).Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Key} {process.Value:N0}")))} |");
    }

    public void AddGrowth(IReadOnlyList<(string Title, Figure Few, Figure Many)> growth)
    {
        Line(_rest, $"\n## With 1,000 and with 1,000,000 stored (goal: within 1.2x)\n\n| work | 1,000 | 1,000,000 | cost |\n|---|---|---|--:|");
        foreach (var (title, few, many) in growth)
            Line(_rest, $"| {title} | {few} | {many} | {few.Rate / many.Rate:0.00}x |");
    }

    public override string ToString() =>
        $"""
        # The web part: wrk -t2 -c32, medians; rate, p50 / p99, (ratio to Express)

        {Machine.Describe()}

        | work | Express behind nginx | behind the bundle's nginx | behind YARP | goal |
        |---|---|---|---|---|
        {_figures}
        ## Processor time to a request, microseconds

        | work | through | all | by process |
        |---|---|--:|---|
        {_costs}{_rest}
        """;

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
