using System.Diagnostics;
using System.Globalization;
using Fib.Chaos.Faults;
using Fib.Chaos.Load;
using Fib.Chaos.Report;
using Fib.Chaos.Tampering;
using Fib.LocalSystem;

namespace Fib.Chaos;

/// <summary>Starts a system, puts it under load, injects faults, and reports which invariants hold.</summary>
internal sealed class ChaosRun : IDisposable
{
    private readonly RunningSystem _system;
    private readonly ChaosArguments _arguments;
    private readonly TextWriter _output;
    private readonly FaultLog _log = new();
    private readonly GatewayClients _clients;
    private readonly TamperingClient _tampering;

    private ChaosRun(RunningSystem system, ChaosArguments arguments, TextWriter output)
    {
        (_system, _arguments, _output) = (system, arguments, output);
        _clients = new GatewayClients(system.Gateway.Address, arguments.Seed);
        _tampering = new TamperingClient(system.Redis, _log, output);
    }

    /// <summary>Performs a whole run; its processes and files are removed at the end.</summary>
    /// <returns>Whether every invariant holds.</returns>
    public static async Task<bool> RunAsync(ChaosArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"seed {arguments.Seed}; to repeat: ./fib chaos {arguments}"));
        var settings = new SystemSettings
        {
            Apis = arguments.Apis,
            Workers = arguments.Workers,
            Logs = arguments.Logs is { } folder ? Directory.CreateDirectory(folder).FullName : null,
        };
        await using var system = await RunningSystem.StartAsync(settings, cancellationToken);
        using var run = new ChaosRun(system, arguments, TextWriter.Synchronized(output));
        return await run.RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    /// <summary>The event subscriber stays connected until the report is written.</summary>
    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var subscription = _clients.Events.RunAsync(end.Token);
        try
        {
            await InjectUnderLoadAsync(cancellationToken);
            return await ReportAsync(cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await subscription;
        }
    }

    /// <summary>Injects the faults under load. The load goes on until the system is healthy, to cover the last fault-free period.</summary>
    private async Task InjectUnderLoadAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Task.WhenAll(_clients.Load.RunAsync(stop.Token), _clients.Pages.RunAsync(stop.Token));
        try
        {
            var duration = TimeSpan.FromSeconds(_arguments.Seconds);
            var faults = FaultSchedule.Create(_arguments.Seed, duration, FaultInjector.TargetsOf(_system));
            var commands = _arguments.Tampering ? TamperingSchedule.Create(_arguments.Seed, duration) : [];
            await Task.WhenAll(
                new FaultInjector(_system, _log, _output).RunAsync(faults, cancellationToken),
                _tampering.RunAsync(commands, cancellationToken));
            await _system.WaitHealthyAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
        }

        // Not after an interrupted fault: it leaves its store stopped, and the last submissions would be retried for minutes.
        await load.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until no term is pending, and writes the report.</summary>
    private async Task<bool> ReportAsync(CancellationToken cancellationToken)
    {
        using var reader = new StoredStateReader(_system, _clients.Events);
        var started = Stopwatch.GetTimestamp();
        var isIdle = await reader.WaitIdleAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var waited = string.Create(CultureInfo.InvariantCulture, $"{(isIdle ? "after" : "not within")} {seconds:0.0} s");
        var state = await reader.ReadAsync(cancellationToken);
        foreach (var process in _system.Processes)
            _log.CheckRunning(process);
        var lines = Read(new ReportLine("no term pending", waited, isIdle), state).ToArray();
        foreach (var line in lines)
            await _output.WriteLineAsync(line.ToString());
        return lines.All(line => line.Holds ?? true);
    }

    private IEnumerable<ReportLine> Read(ReportLine idle, StoredState state) =>
    [
        idle,
        new("unexpected exits", string.Join(", ", _log.UnexpectedExits.Distinct().DefaultIfEmpty("none")), _log.UnexpectedExits.Count == 0),
        .. new InvariantChecker(_clients.Load.Attempts, state).Check(),
        .. PageChecks.Read(_clients.Pages.Responses),
        .. AvailabilityFigures.Read(_clients.Load.Attempts, _log),
        .. _arguments.Tampering ? [_tampering.Read()] : (ReportLine[])[],
    ];
}
