using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Ledger;
using Fib.Chaos.Load;
using Fib.Chaos.Storms;
using Fib.LocalSystem;

namespace Fib.Chaos;

/// <summary>A system under load, a storm, and the ledger.</summary>
internal static class ChaosRun
{
    /// <summary>Runs everything; nothing of it is left.</summary>
    /// <returns>Whether the ledger is clean.</returns>
    public static async Task<bool> RunAsync(ChaosArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"seed {arguments.Seed}; again: ./fib chaos --seconds {arguments.Seconds} --seed {arguments.Seed} --apis {arguments.Apis} --workers {arguments.Workers}"));
        await using var system = await RunningSystem.StartAsync(new SystemSettings { Apis = arguments.Apis, Workers = arguments.Workers }, cancellationToken);
        using var load = new LoadClients(system.Gateway.Address, new Mix(arguments.Seed));
        var log = new OutageLog();
        await WeatherAsync(system, load, log, arguments, output, cancellationToken);

        using var reader = new BooksReader(system);
        var started = Stopwatch.GetTimestamp();
        var rests = await reader.RestsAsync(cancellationToken);
        var rest = new LedgerLine("at rest", string.Create(CultureInfo.InvariantCulture, $"{(rests ? "" : "not ")}after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"), rests);
        var ended = new LedgerLine("ended by themselves", string.Join(", ", log.Ended.DefaultIfEmpty("none")), log.Ended.Count == 0);
        LedgerLine[] lines = [rest, ended, .. new Judge(load.Attempts, await reader.ReadAsync(cancellationToken)).ReadPromises(), .. Figures.Read(load.Attempts, log)];
        foreach (var line in lines)
            await output.WriteLineAsync(line.ToString());
        return lines.All(line => line.IsClean ?? true);
    }

    /// <summary>The storm under load, and the load for a moment longer, so that the last calm is seen too.</summary>
    private static async Task WeatherAsync(RunningSystem system, LoadClients load, OutageLog log, ChaosArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitting = load.RunAsync(stop.Token);
        try
        {
            var schedule = Schedule.Create(arguments.Seed, TimeSpan.FromSeconds(arguments.Seconds), Storm.PartsOf(system));
            await new Storm(system, log, output).RunAsync(schedule, cancellationToken);
            await system.WaitHealthyAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await submitting;
        }
    }
}
