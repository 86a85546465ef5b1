using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>An AppHost of samples/, run as its author runs it.</summary>
internal sealed class SampleHost : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("sample-");
    private readonly string _name;

    public SampleHost(string name) => _name = name;

    public string Directory => Path.Combine(_directory.FullName, "out");

    public IReadOnlyList<string> Files => [.. Golden.Files(Directory).Where(path => !path.EndsWith(".zip", StringComparison.Ordinal))];

    /// <summary>Runs a step of the pipeline without Aspire's CLI.</summary>
    public Task<(int ExitCode, string Output)> RunAsync(string step, params string[] arguments)
    {
        var project = Path.Combine(Repository.Root, "samples", _name, $"{_name}.AppHost");
        return Tool.RunAsync(
            project, [], "dotnet",
            [Path.Combine(project, "bin", Configuration, "net10.0", $"{_name}.AppHost.dll"), "--operation", "publish", "--step", step, "--output-path", Directory, .. arguments]);
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    public void Dispose() => _directory.Delete(recursive: true);
}
