using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Ledger;
using Fib.Chaos.Load;
using Fib.Chaos.Outsiders;
using Fib.Chaos.Storms;
using Fib.LocalSystem;

namespace Fib.Chaos;

/// <summary>A system under load, a storm, and the ledger.</summary>
internal sealed class ChaosRun : IDisposable
{
    private readonly RunningSystem _system;
    private readonly ChaosArguments _arguments;
    private readonly TextWriter _output;
    private readonly OutageLog _log = new();
    private readonly Visitors _visitors;
    private readonly Outsider _outsider;

    private ChaosRun(RunningSystem system, ChaosArguments arguments, TextWriter output)
    {
        (_system, _arguments, _output) = (system, arguments, output);
        _visitors = new Visitors(system.Gateway.Address, arguments.Seed);
        _outsider = new Outsider(system.Redis, _log, output);
    }

    /// <summary>Runs everything; nothing of it is left.</summary>
    /// <returns>Whether the ledger is clean.</returns>
    public static async Task<bool> RunAsync(ChaosArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"seed {arguments.Seed}; again: ./fib chaos {arguments}"));
        var logs = arguments.Logs is { } folder ? Directory.CreateDirectory(folder).FullName : null;
        await using var system = await RunningSystem.StartAsync(new SystemSettings { Apis = arguments.Apis, Workers = arguments.Workers, Logs = logs }, cancellationToken);
        using var run = new ChaosRun(system, arguments, TextWriter.Synchronized(output));
        return await run.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _visitors.Dispose();

    /// <summary>The page that stays open does so until the ledger is read.</summary>
    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var listening = _visitors.Listener.RunAsync(end.Token);
        try
        {
            await WeatherAsync(cancellationToken);
            return await CloseAsync(cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await listening;
        }
    }

    /// <summary>The storm under load, and the load for a moment longer, so that the last calm is seen too.</summary>
    private async Task WeatherAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var visiting = Task.WhenAll(_visitors.Load.RunAsync(stop.Token), _visitors.Pages.RunAsync(stop.Token));
        try
        {
            var duration = TimeSpan.FromSeconds(_arguments.Seconds);
            var schedule = Schedule.Create(_arguments.Seed, duration, Storm.PartsOf(_system));
            var meddlings = _arguments.Outsider ? Meddlings.Create(_arguments.Seed, duration) : [];
            await Task.WhenAll(new Storm(_system, _log, _output).RunAsync(schedule, cancellationToken), _outsider.RunAsync(meddlings, cancellationToken));
            await _system.WaitHealthyAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await visiting;
        }
    }

    /// <summary>Writes the ledger, once the system has come to rest.</summary>
    private async Task<bool> CloseAsync(CancellationToken cancellationToken)
    {
        using var reader = new BooksReader(_system, _visitors.Listener);
        var started = Stopwatch.GetTimestamp();
        var rests = await reader.RestsAsync(cancellationToken);
        var rest = new LedgerLine("at rest", string.Create(CultureInfo.InvariantCulture, $"{(rests ? "" : "not ")}after {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"), rests);
        var lines = Read(rest, await reader.ReadAsync(cancellationToken)).ToArray();
        foreach (var line in lines)
            await _output.WriteLineAsync(line.ToString());
        return lines.All(line => line.IsClean ?? true);
    }

    private IEnumerable<LedgerLine> Read(LedgerLine rest, Books books) =>
    [
        rest,
        new("ended by themselves", string.Join(", ", _log.Ended.DefaultIfEmpty("none")), _log.Ended.Count == 0),
        .. new Judge(_visitors.Load.Attempts, books).ReadPromises(),
        .. PageLines.Read(_visitors.Pages.Visits),
        .. Figures.Read(_visitors.Load.Attempts, _log),
        .. _arguments.Outsider ? [_outsider.Read()] : (LedgerLine[])[],
    ];
}
