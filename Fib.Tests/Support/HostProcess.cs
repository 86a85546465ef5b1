using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Fib.AppHost.Running;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;

namespace Fib.Tests.Support;

/// <summary>
/// Fib.AppHost in a process of its own, as in <c>./fib up</c>. Every process of its run has the run's temporary folder in its environment.
/// </summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan EndDeadline = TimeSpan.FromMinutes(2);

    /// <summary>Starts no build node that outlives the build. A compiler server has the run's environment, and so ends with the run.</summary>
    private static readonly KeyValuePair<string, string>[] Build =
    [
        new("MSBUILDDISABLENODEREUSE", "1"), new("RunAnalyzers", "false"),
        new("NUGET_PACKAGES", Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? ""),
    ];

    /// <summary>The mode of /tmp: the users of the stores may remove their own files.</summary>
    private const UnixFileMode Shared = (UnixFileMode)0b111_111_111 | UnixFileMode.StickyBit;

    private readonly TemporaryFolder _temporary = new("fib-run-");
    private readonly LocalProcess _host;
    private readonly string? _data;

    private HostProcess(string program, string directory, params IEnumerable<string> args)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_temporary.Path, Shared);
        // A test run in the background of a shell ignores SIGINT, and the AppHost would inherit that.
        var spec = new ProcessSpec("host", "env", ["--default-signal=INT", program, .. args])
        {
            Log = Path.Combine(_temporary.Path, "host.log"),
            Directory = directory,
            Variables = [.. Variables(), .. Build, new("TMPDIR", _temporary.Path)],
        };
        _host = new LocalProcess(spec, _ => Task.FromResult(true));
        _data = args.SkipWhile(argument => argument != "--data").Skip(1).FirstOrDefault(Path.IsPathRooted);
    }

    /// <summary>The program.</summary>
    public static string Program { get; } = BuiltProgram.Find("Fib.AppHost");

    /// <summary>The working directory of <c>dotnet run</c>.</summary>
    public static string Directory { get; } = Path.Combine(Repository.Root, "Fib.AppHost");

    /// <summary>The client of the gateway.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>The running processes of the run; those of its stores are found by their data folder.</summary>
    public IReadOnlyList<int> Processes =>
        [.. ProcessTree.UsersOf(_temporary.Path).Union(_data is null ? [] : ProcessTree.UsersOf(_data))];

    /// <summary>The variables of the launch profile, with free ports for the dashboard.</summary>
    public static KeyValuePair<string, string>[] Variables() =>
    [
        new("DOTNET_ENVIRONMENT", "Development"), new("ASPNETCORE_ENVIRONMENT", "Development"),
        new("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"), new("ASPNETCORE_URLS", FreeAddress()),
        new("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", FreeAddress()), new("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", FreeAddress()),
    ];

    /// <summary>Starts a system and waits until it serves its page.</summary>
    /// <param name="args">The AppHost's arguments.</param>
    public static Task<HostProcess> StartAsync(params string[] args) => StartAsync(
        new HostProcess("dotnet", Directory, [Program, "--stores", "processes", "--port", "0", .. args]), Eventually.DefaultTimeout);

    /// <summary>Builds and starts a system in another copy of the repository, and waits until it serves its page.</summary>
    /// <param name="repository">The copy.</param>
    /// <param name="args">The arguments of <c>./fib up</c>.</param>
    public static Task<HostProcess> UpAsync(string repository, params string[] args) =>
        StartAsync(
            new HostProcess(Path.Combine(repository, "fib"), repository, ["up", "--stores", "processes", "--port", "0", .. args]),
            BuildDeadline);

    private static async Task<HostProcess> StartAsync(HostProcess host, TimeSpan deadline)
    {
        try
        {
            await host._host.StartAsync(CancellationToken.None);
            var address = await Eventually.FindAsync("the page is served", _ => Task.FromResult(host.FindPage()), deadline);
            host.Gateway = new HttpClient { BaseAddress = new Uri(address) };
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an AppHost that does not accept its settings.</summary>
    /// <param name="args">The AppHost's arguments.</param>
    /// <returns>The one line that it prints.</returns>
    public static async Task<string> ReadErrorAsync(params string[] args)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var host = new Command("dotnet", [Program, "--stores", "processes", "--data", "none", "--port", "0", .. args])
        {
            Directory = Directory,
            Environment = Variables().ToDictionary(variable => variable.Key, variable => (string?)variable.Value),
        };
        var end = await host.TryRunAsync(deadline.Token);
        Assert.Equal(OneLineErrors.ConfigurationError, end.ExitCode);
        return Assert.Single(end.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Sends a signal only to the AppHost.</summary>
    public void Send(int signal) => Signals.Send(_host.Id, signal);

    /// <summary>Sends SIGKILL to every process of the run until none is left.</summary>
    public Task KillAllAsync() => Eventually.HoldsAsync("every process is killed", _ =>
    {
        foreach (var id in Processes)
            Signals.Send(id, Signals.Kill);
        return Task.FromResult(Processes.Count == 0);
    });

    /// <summary>Waits until no process and no temporary folder of the run is left.</summary>
    public async Task UntilNothingIsLeftAsync()
    {
        await Eventually.HoldsAsync("no process is left", _ => Task.FromResult(Processes.Count == 0), EndDeadline);
        Assert.Empty(global::System.IO.Directory.GetDirectories(_temporary.Path, "fib-*"));
    }

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        await KillAllAsync();
        await _host.DisposeAsync();
        _temporary.Dispose();
    }

    private static string FreeAddress() =>
        string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Find(IPAddress.Loopback)}");

    private string? FindPage()
    {
        var log = File.Exists(_host.Log) ? File.ReadAllText(_host.Log) : "";
        Assert.True(_host.IsRunning, log);
        return Page.Match(log) is { Success: true } match ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"^fib: page +(\S+)", RegexOptions.Multiline)]
    private static partial Regex Page { get; }
}
