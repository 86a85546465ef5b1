using System.Diagnostics;

namespace Fib.LocalSystem.Processes;

/// <summary>
/// A server that can be killed, stopped and started again as often as wanted, with the same arguments and so on the same port.
/// It does not outlive this process. Not thread-safe: one test or schedule moves it at a time.
/// </summary>
/// <param name="spec">How it is started.</param>
/// <param name="answers">Whether it serves; may throw what a request throws.</param>
internal sealed class LocalProcess(ProcessSpec spec, Func<CancellationToken, Task<bool>> answers) : IAsyncDisposable
{
    private static readonly TimeSpan ForTheStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ForTheEnd = TimeSpan.FromSeconds(10);

    // It runs only once the watchdog knows it: between the two this process could die.
    private const string WaitForTheWord = """read -r go || exit; log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""";

    private Process? _process;

    /// <summary>What the system calls it.</summary>
    public string Name => spec.Name;

    /// <summary>Its number while it runs.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException($"{Name} was not started.");

    /// <summary>The file to which it appends what it writes.</summary>
    public string Log => spec.Log;

    /// <summary>Whether it was started and has not ended; a stopped one counts as running.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts it, and returns before it serves.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", WaitForTheWord, "sh", spec.Log, .. SystemUser.As(spec.User, spec.Program, spec.Arguments)])
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

    /// <summary>Waits until it serves.</summary>
    /// <exception cref="CommandFailedException">It ended instead; the message has its last words.</exception>
    /// <exception cref="TimeoutException">It does not within a minute.</exception>
    public Task WaitHealthyAsync(CancellationToken cancellationToken) =>
        Eventually.HoldsAsync($"{Name} serves; its log is {Log}", async token => IsRunning ? await AnswersAsync(token) : throw Ended(), ForTheStart, cancellationToken);

    /// <summary>Whether it serves now.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            // A driver may try for longer than it is asked to.
            return await answers(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception away) when (away is HttpRequestException or TimeoutException or System.Data.Common.DbException or TaskCanceledException { InnerException: TimeoutException })
        {
            return false;
        }
    }

    /// <summary>Kills it and its children with SIGKILL, and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        // Stopped first: then it starts no more children, and none of them sees another end before its own.
        Signals.Send(process.Id, Signals.Stop);
        var children = ProcessTree.ChildrenOf(process.Id);
        foreach (var id in children.Append(process.Id))
            Signals.Send(id, Signals.Kill);
        await process.WaitForExitAsync();
        await Eventually.HoldsAsync($"the children of {Name} are gone", _ => Task.FromResult(!children.Any(ProcessTree.IsRunning)), ForTheEnd);
    }

    /// <summary>SIGSTOP to it and its children: connections stay open and nothing answers.</summary>
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

    /// <summary>Asks it to end, kills it where it has not within ten seconds, and starts it again.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Asks it to end, and kills it where it has not within ten seconds.</summary>
    public async Task EndAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        Continue();
        Signals.Send(process.Id, spec.EndSignal);
        using var deadline = new CancellationTokenSource(ForTheEnd);
        await process.WaitForExitAsync(deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await KillAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process?.Dispose();
        _process = null;
    }

    private CommandFailedException Ended() => new($"{Name} ended with {_process?.ExitCode}: {(File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(5)) : "")}");
}
