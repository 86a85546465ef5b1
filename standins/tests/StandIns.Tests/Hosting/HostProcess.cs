using System.Collections.Concurrent;
using System.Diagnostics;

namespace StandIns.Tests.Hosting;

/// <summary>The sample app host as a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HashSet<ProcessTree.Entry> _seen = [];

    private HostProcess(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Projects.Sample_AppHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Output.Enqueue(e.Data ?? "");
        _process.ErrorDataReceived += (_, e) => Errors.Enqueue(e.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Output { get; } = new();

    public ConcurrentQueue<string> Errors { get; } = new();

    public int Id => _process.Id;

    public static HostProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Starts it and waits until its table is there.</summary>
    public static async Task<HostProcess> StartHealthyAsync(params string[] arguments)
    {
        var host = Start(arguments);
        await Deadline.UntilAsync(() => host.Output.Any(l => l.StartsWith("  gateway ", StringComparison.Ordinal)) || host._process.HasExited, "the table");
        Assert.False(host._process.HasExited, string.Join('\n', host.Errors));
        return host;
    }

    public void Signal(string name) => Process.Start("kill", ["-s", name, $"{Id}"])!.WaitForExit();

    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync(Deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>What it has started, by itself or through what it started, as far as it was seen here and is still there.</summary>
    public IReadOnlyList<ProcessTree.Entry> Others()
    {
        if (!_process.HasExited)
            _seen.UnionWith(ProcessTree.Descendants(Id));
        return [.. _seen.Where(ProcessTree.IsAlive)];
    }

    public async ValueTask DisposeAsync()
    {
        _ = Others();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await Deadline.UntilAsync(() => Others().Count == 0, "the end of all it started");
        _process.Dispose();
    }
}
