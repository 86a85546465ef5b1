using System.Globalization;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>Runs wrk with 2 threads and 32 connections, each with one request at a time.</summary>
internal static partial class Wrk
{
    public static async Task<(Figure Figure, long Requests)> RunAsync(
        Uri address, string? script, TimeSpan duration, CancellationToken cancellationToken)
    {
        string[] scripted = script is null ? [] : ["-s", script];
        var seconds = string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s");
        string[] arguments = ["-t2", "-c32", seconds, "--timeout", "30s", "--latency", .. scripted, address.ToString()];
        var output = await new Command("wrk", arguments).RunAsync(cancellationToken);
        if (Failures.Match(output) is { Success: true } failures)
            throw new CommandFailedException($"{address}: {failures.Value}");
        var requests = (long)Number(Requests.Match(output));
        if (requests == 0)
            throw new CommandFailedException($"{address}: no request ended within {duration.TotalSeconds:0} s");
        var figure = new Figure(Number(Rate.Match(output)), Milliseconds(Median.Match(output)), Milliseconds(Percentile99.Match(output)));
        return (figure, requests);
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static double Milliseconds(Match match) => Number(match) * match.Groups[2].Value switch
    {
        "us" => 0.001,
        "ms" => 1,
        "s" => 1_000,
        var unit => throw new FormatException($"wrk measured in {unit}."),
    };

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate { get; }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests { get; }

    [GeneratedRegex(@"\s50%\s+([\d.]+)(\w+)")]
    private static partial Regex Median { get; }

    [GeneratedRegex(@"\s99%\s+([\d.]+)(\w+)")]
    private static partial Regex Percentile99 { get; }

    [GeneratedRegex(@"Non-2xx.*|Socket errors.*")]
    private static partial Regex Failures { get; }
}
