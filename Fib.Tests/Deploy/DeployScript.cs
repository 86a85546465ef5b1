using System.IO.Compression;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Deploy;

/// <summary>Runs the deploy scripts with the real <c>aws</c>, which is led to an endpoint of the test, and with a <c>docker</c> that only writes down what it is told.</summary>
internal sealed class DeployScript : IDisposable
{
    public const string WhyNoAws = "aws (package awscli) is not installed";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-deploy-");

    /// <param name="endpoint">Where <c>aws</c> is led; null where it must not be called.</param>
    public DeployScript(AwsEndpoint? endpoint = null)
    {
        Program("aws", endpoint is null ? "echo aws was called >&2; exit 99" : $"exec '{Command.Find("aws")}' --endpoint-url {endpoint.Address} \"$@\"");
        Settings = new()
        {
            ["PATH"] = $"{_directory.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AWS_CONFIG_FILE"] = "/dev/null",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["NO_PROXY"] = "127.0.0.1",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ACCESS_KEY"] = "AKIAEXAMPLE",
            ["AWS_SECRET_KEY"] = "secret-key",
            ["EB_BUCKET"] = "bucket",
            ["POLL_INTERVAL"] = "0",
            ["HEALTH_TIMEOUT"] = "0",
            ["SMOKE_URL"] = "",
        };
    }

    /// <summary>The environment of the script.</summary>
    public Dictionary<string, string> Settings { get; }

    public static bool HasAws => Command.Exists("aws");

    /// <summary>Runs it in the repository's root.</summary>
    /// <returns>The exit code, and what it wrote to both outputs.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        var ended = await CommandOf(Path.Combine(Repository.Root, "deploy", name), arguments).TryRunAsync();
        return (ended.ExitCode, ended.Text);
    }

    /// <summary>A zip of empty files of these names.</summary>
    public string Bundle(string name, params string[] files)
    {
        var path = PathOf(name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var file in files)
            zip.CreateEntry(file).LastWriteTime = DateTimeOffset.UnixEpoch.AddYears(20);
        return path;
    }

    public string Bundle() => Bundle("fib-2.zip", "docker-compose.yml");

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Puts a program before those of the system.</summary>
    public void Program(string name, string body)
    {
        File.WriteAllText(PathOf(name), $"#!/usr/bin/env bash\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Command CommandOf(string program, params string[] arguments) =>
        new(program, arguments) { Directory = Repository.Root, Environment = Settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value) };
}
