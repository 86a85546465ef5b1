using System.Diagnostics;
using System.Text.RegularExpressions;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;

namespace Fib.Tests.Support;

/// <summary>A service started as it is when deployed: by its program alone, with these variables and none besides.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    public static ServiceProcess Start(string project, params (string Name, string Value)[] variables)
    {
        var program = BuiltProgram.Find(project);
        var start = new ProcessStartInfo("dotnet", [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ProcessSpec.SetVariables(start.Environment, [new("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. variables.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))]);
        return new ServiceProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the end: its exit code and what it wrote on standard error.</summary>
    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var output = _process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = await _process.StandardError.ReadToEndAsync(deadline.Token);
        await output;
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, error);
    }

    /// <summary>Waits until it listens, and gives a client that asks it.</summary>
    public async Task<HttpClient> ListenAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await _process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (Listening.Match(line) is { Success: true } match)
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new HttpClient { BaseAddress = new Uri(match.Groups[1].Value) };
            }
        }

        throw new InvalidOperationException($"The service ended before it listened: {await error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening { get; }
}
