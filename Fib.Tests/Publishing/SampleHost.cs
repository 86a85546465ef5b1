using System.Diagnostics;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>Runs an AppHost of samples/ as a process.</summary>
internal sealed class SampleHost : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>The folder of the runtime of the tests.</summary>
    public static string DotNetRoot { get; } = Path.GetFullPath(
        Path.Combine(global::System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>The program <c>dotnet</c> of that folder.</summary>
    public static string DotNet { get; } = Path.Combine(DotNetRoot, "dotnet");

    private readonly DirectoryInfo _directory = global::System.IO.Directory.CreateTempSubdirectory("sample-");
    private readonly string _name;

    public SampleHost(string name) => _name = name;

    public string Directory => Path.Combine(_directory.FullName, "out");

    /// <summary>Environment variables of the AppHost.</summary>
    public Dictionary<string, string?> Variables { get; } = new() { ["DOTNET_ROOT"] = DotNetRoot };

    public IReadOnlyList<string> Files => [.. Golden.Files(Directory).Where(path => !path.EndsWith(".zip", StringComparison.Ordinal))];

    /// <summary>Runs a step of the pipeline without Aspire's CLI.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string step, params string[] arguments)
    {
        var result = await new Command(Program, Arguments(step, arguments)) { Directory = Project, Environment = Variables }.TryRunAsync();
        return (result.ExitCode, result.Text);
    }

    /// <summary>Starts a step as the leader of a process group, as a shell does, without waiting for its end.</summary>
    public Process Start(string step, params string[] arguments)
    {
        // A test run in the background of a shell ignores SIGINT, and the AppHost would inherit this.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "setsid", Program, .. Arguments(
            step, arguments)]) { WorkingDirectory = Project, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    private string Project => Path.Combine(Repository.Root, "samples", _name, $"{_name}.AppHost");

    private string Program =>
        Path.Combine(Project, "bin", Configuration, "net10.0", $"{_name}.AppHost{(OperatingSystem.IsWindows() ? ".exe" : "")}");

    private string[] Arguments(string step, string[] arguments) =>
        ["--operation", "publish", "--step", step, "--output-path", Directory, .. arguments];

    public void Dispose() => _directory.Delete(recursive: true);
}
