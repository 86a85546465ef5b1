using System.IO.Compression;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>
/// Runs the deploy scripts with the real <c>aws</c> command, which calls the test's endpoint, and with fake programs that only record their
/// arguments.
/// </summary>
internal sealed class DeployScript : IDisposable
{
    public const string WhyNoAws = "aws (package awscli) is not installed";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-deploy-");

    /// <param name="endpoint">The endpoint that <c>aws</c> calls; null if the script must not call <c>aws</c>.</param>
    public DeployScript(AwsEndpoint? endpoint = null)
    {
        if (endpoint is null)
            Program("aws", "echo aws was called >&2; exit 99");
        Settings = new(AwsVariables.Isolated(endpoint))
        {
            ["PATH"] = $"{_directory.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY"] = "AKIAEXAMPLE",
            ["AWS_SECRET_KEY"] = "secret-key",
            ["EB_BUCKET"] = "bucket",
            ["POLL_INTERVAL"] = "0",
            ["HEALTH_TIMEOUT"] = "0",
            ["SMOKE_URL"] = "none",
            ["ECS_SMOKE_URL"] = "none",
        };
    }

    /// <summary>The environment variables of the script.</summary>
    public Dictionary<string, string> Settings { get; }

    public static bool HasAws => Command.Exists("aws");

    /// <summary>Runs a script of deploy/ in the repository's root.</summary>
    /// <returns>The exit code, and standard output and standard error together.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        var script = new Command(Path.Combine(Repository.Root, "deploy", name), arguments)
        {
            Directory = Repository.Root,
            Environment = Settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value),
        };
        var result = await script.TryRunAsync();
        return (result.ExitCode, result.Text);
    }

    /// <summary>Creates the bundle fib-2.zip, which has an empty docker-compose.yml.</summary>
    public string Bundle()
    {
        var path = PathOf("fib-2.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        zip.CreateEntry("docker-compose.yml").LastWriteTime = DateTimeOffset.UnixEpoch.AddYears(20);
        return path;
    }

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Adds a fake program, which precedes the real one in PATH.</summary>
    public void Program(string name, string body) => WriteProgram(PathOf(name), body);

    /// <summary>Writes a program of bash commands.</summary>
    public static void WriteProgram(string path, string body)
    {
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
