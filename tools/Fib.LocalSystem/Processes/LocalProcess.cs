using System.Diagnostics;

namespace Fib.LocalSystem.Processes;

/// <summary>
/// A server that can be killed, stopped and started again any number of times, with the same arguments and so on the same port.
/// It ends at the latest with this process. Not thread-safe.
/// </summary>
/// <param name="spec">The command line and the environment.</param>
/// <param name="isHealthy">The health check; may throw the exceptions of a request or a query.</param>
internal sealed class LocalProcess(ProcessSpec spec, Func<CancellationToken, Task<bool>> isHealthy) : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    // The program starts only after the watchdog knows its process id: if this process ended before, the program would remain.
    private const string StartWhenRegistered = """read -r go || exit; log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""";

    private Process? _process;

    /// <summary>Its name in the system.</summary>
    public string Name => spec.Name;

    /// <summary>Its process id.</summary>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public int Id => _process?.Id ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>The file to which its output is appended.</summary>
    public string Log => spec.Log;

    /// <summary>Whether it was started and has not ended; a stopped process counts as running.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it, without waiting until it is healthy.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var command = SystemUser.As(spec.User, spec.Program, spec.Arguments);
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", StartWhenRegistered, "sh", spec.Log, .. command])
        {
            WorkingDirectory = spec.Directory,
            RedirectStandardInput = true,
        };
        ProcessSpec.SetVariables(start.Environment, spec.Variables);
        _process = Process.Start(start)!;
        Watchdog.AddProcess(_process.Id);
        await _process.StandardInput.WriteLineAsync("go".AsMemory(), cancellationToken);
        _process.StandardInput.Close();
    }

    /// <summary>Waits until it is healthy.</summary>
    /// <exception cref="CommandFailedException">It exited; the message includes the end of its log.</exception>
    /// <exception cref="TimeoutException">It was not healthy within <see cref="Eventually.DefaultTimeout"/>.</exception>
    public Task WaitHealthyAsync(CancellationToken cancellationToken) => Eventually.HoldsAsync(
        $"{Name} is healthy; its log is {Log}",
        async token => IsRunning ? await IsHealthyAsync(token) : throw Exited(), cancellationToken: cancellationToken);

    /// <summary>Whether it is healthy now.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A driver may ignore the cancellation for a while.
            return await isHealthy(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or System.Data.Common.DbException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }

    /// <summary>Kills it and its children with SIGKILL, and waits until they have ended.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        // SIGSTOP first: it then starts no more children, and no child reacts to the end of another.
        Signals.Send(process.Id, Signals.Stop);
        var children = ProcessTree.ChildrenOf(process.Id);
        foreach (var id in children.Append(process.Id))
            Signals.Send(id, Signals.Kill);
        await process.WaitForExitAsync();
        await Eventually.HoldsAsync(
            $"the children of {Name} have ended", _ => Task.FromResult(!children.Any(ProcessTree.IsRunning)), EndTimeout);
    }

    /// <summary>SIGSTOP to it and its children: connections stay open and get no response.</summary>
    public void Stop()
    {
        if (_process is not { HasExited: false } process)
            return;
        Signals.Send(process.Id, Signals.Stop);
        foreach (var child in ProcessTree.ChildrenOf(process.Id))
            Signals.Send(child, Signals.Stop);
    }

    /// <summary>SIGCONT to it and its children.</summary>
    public void Continue()
    {
        if (_process is not { HasExited: false } process)
            return;
        foreach (var id in ProcessTree.ChildrenOf(process.Id).Append(process.Id))
            Signals.Send(id, Signals.Continue);
    }

    /// <summary>Terminates it as <see cref="TerminateAsync"/> does, and starts it again.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await TerminateAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Requests a graceful shutdown, and kills it if it has not ended within 10 s.</summary>
    public async Task TerminateAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        Continue();
        Signals.Send(process.Id, spec.EndSignal);
        using var deadline = new CancellationTokenSource(EndTimeout);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KillAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await TerminateAsync();
        _process?.Dispose();
        _process = null;
    }

    private CommandFailedException Exited()
    {
        var log = File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(5)) : "";
        return new CommandFailedException($"{Name} exited with code {_process?.ExitCode}: {log}");
    }
}
