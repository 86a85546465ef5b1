using System.Globalization;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>Runs wrk: 2 threads, 32 connections, each with one request under way.</summary>
internal static partial class Wrk
{
    public static async Task<(Figure Figure, long Requests)> RunAsync(Uri address, string? script, TimeSpan duration, CancellationToken cancellationToken)
    {
        string[] scripted = script is null ? [] : ["-s", script];
        var seconds = string.Create(CultureInfo.InvariantCulture, $"-d{duration.TotalSeconds:0}s");
        var said = await new Command("wrk", ["-t2", "-c32", seconds, "--timeout", "10s", "--latency", .. scripted, address.ToString()]).RunAsync(cancellationToken);
        if (Failures.Match(said) is { Success: true } failures)
            throw new CommandFailedException($"{address}: {failures.Value}");
        var figure = new Figure(Number(Rate.Match(said)), Milliseconds(Median.Match(said)), Milliseconds(Late.Match(said)));
        return (figure, (long)Number(Requests.Match(said)));
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
    private static partial Regex Late { get; }

    [GeneratedRegex(@"Non-2xx.*|Socket errors.*")]
    private static partial Regex Failures { get; }
}
