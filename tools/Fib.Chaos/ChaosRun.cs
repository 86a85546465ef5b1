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
        var logs = arguments.Logs is { } folder ? Directory.CreateDirectory(folder).FullName : null;
        await using var system = await RunningSystem.StartAsync(new SystemSettings { Apis = arguments.Apis, Workers = arguments.Workers, Logs = logs }, cancellationToken);
        using var load = new LoadClients(system.Gateway.Address, new Mix(arguments.Seed));
        using var listener = new Listener(system.Gateway.Address);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = listener.RunAsync(end.Token);
        try
        {
            var log = new OutageLog();
            await WeatherAsync(system, load, log, arguments, output, cancellationToken);
            return await CloseAsync(system, load.Attempts, listener, log, output, cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await listening;
        }
    }

    /// <summary>Writes the ledger, once the system has come to rest.</summary>
    private static async Task<bool> CloseAsync(
        RunningSystem system, IReadOnlyCollection<Attempt> attempts, Listener listener, OutageLog log, TextWriter output, CancellationToken cancellationToken)
    {
        using var reader = new BooksReader(system, listener);
        var started = Stopwatch.GetTimestamp();
        var rests = await reader.RestsAsync(cancellationToken);
        var rest = new LedgerLine("at rest", string.Create(CultureInfo.InvariantCulture, $"{(rests ? "" : "not ")}after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"), rests);
        var ended = new LedgerLine("ended by themselves", string.Join(", ", log.Ended.DefaultIfEmpty("none")), log.Ended.Count == 0);
        LedgerLine[] lines = [rest, ended, .. new Judge(attempts, await reader.ReadAsync(cancellationToken)).ReadPromises(), .. Figures.Read(attempts, log)];
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
