using System.Diagnostics;
using Fib.Tests.Publishing;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>
/// Deploys an app of samples/ with the real <c>aws</c> and an AWS endpoint of the test. <c>docker</c> and <c>dotnet publish</c> are
/// replaced by scripts that only log their arguments, since images need a registry.
/// </summary>
internal sealed class DeployedSample : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("deploy-");
    private readonly SampleHost _host;

    private DeployedSample(string sample, AwsEndpoint aws)
    {
        (_host, Aws) = (new SampleHost(sample), aws);
        var programs = _directory.CreateSubdirectory("bin").FullName;
        DeployScript.WriteProgram(
            Path.Combine(programs, "docker"),
            $"printf 'docker %s\\n' \"$*\" >>'{Log}'\ncase \"$*\" in\n" +
            $"*--password-stdin*) cat >/dev/null ;;\n" +
            $"pull*) ! grep -Eqf '{RefusedFile}' <<<\"$*\" || {{ echo 'manifest unknown' >&2; exit 1; }} ;;\n" +
            $"*RepoDigests*) image=${{*: -1}}; printf '%s\\n' \"${{image%:*}}@sha256:\"{{{LocalDigest},{PushedDigest}}} ;;\n" +
            $"'image inspect'*) cat '{ArchitectureFile}' ;;\nesac");
        (ImageArchitecture, RefusedPulls) = ("amd64", LocalDigest);
        DeployScript.WriteProgram(
            Path.Combine(programs, "dotnet"),
            $"if [ \"$1\" = publish ]; then printf 'dotnet %s\\n' \"$*\" >>'{Log}'; exit 0; fi\n" +
            $"exec '{SampleHost.DotNet}' \"$@\"");
        foreach (var (name, value) in Variables(programs))
            _host.Variables[name] = value;
    }

    public AwsEndpoint Aws { get; }

    /// <summary>The command lines of docker and dotnet publish.</summary>
    public IReadOnlyList<string> Programs => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    public SampleHost Host => _host;

    /// <summary>The architecture of all images that docker has.</summary>
    public string ImageArchitecture { set => File.WriteAllText(ArchitectureFile, value); }

    /// <summary>A regular expression of the images that the registry does not have; by default the one with the local digest.</summary>
    public string RefusedPulls { set => File.WriteAllText(RefusedFile, value); }

    /// <summary>The digest of an image before its push compresses it.</summary>
    private static string LocalDigest { get; } = new('c', 64);

    private static string PushedDigest { get; } = new('b', 64);

    private string RefusedFile => Path.Combine(_directory.FullName, "refused");

    private string ArchitectureFile => Path.Combine(_directory.FullName, "architecture");

    private string Log => Path.Combine(_directory.FullName, "programs.log");

    public static async Task<DeployedSample> CreateAsync(string name = "Starter")
    {
        var aws = await AwsEndpoint.StartAsync();
        aws.Answer("DescribeRepositories", AwsReply.RefusedJson("RepositoryNotFoundException", "no such repository"));
        aws.Answer("CreateRepository", new AwsReply("{}"));
        aws.Answer("GetAuthorizationToken", new AwsReply(
            """{"authorizationData":[{"authorizationToken":"QVdTOnBhc3N3b3Jk","proxyEndpoint":"https://registry"}]}"""));
        aws.Answer("DescribeImages", new AwsReply($$"""{"imageDetails":[{"imageDigest":"sha256:{{new string('a', 64)}}"}]}"""));
        aws.Answer("CreateSecret", new AwsReply("""{"ARN":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:cache"}"""));
        return new DeployedSample(name, aws);
    }

    /// <summary>Runs <c>aspire deploy</c> without its CLI.</summary>
    public Task<(int ExitCode, string Output)> DeployAsync(params string[] settings) =>
        _host.RunAsync("deploy", [.. Settings, .. settings]);

    /// <summary>Runs <c>aspire do push</c> without its CLI.</summary>
    public Task<(int ExitCode, string Output)> PushAsync() => _host.RunAsync("push", Settings);

    /// <summary>Starts it without waiting for its end.</summary>
    public Process StartDeploying() => _host.Start("deploy", Settings);

    private static string[] Settings { get; } =
    [
        "--eb:Tag", "2", "--eb:Registry", "123456789012.dkr.ecr.eu-west-1.amazonaws.com", "--eb:BundleBucket", "bucket",
        "--eb:PollInterval", "0", "--eb:HealthTimeout", "0", "--eb:SmokeUrl", "", "--Parameters:cache-password", "a1B2c3",
    ];

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        _host.Dispose();
        _directory.Delete(recursive: true);
    }

    private Dictionary<string, string?> Variables(string programs) => new(AwsVariables.Of(Aws))
    {
        ["PATH"] = $"{programs}:{(global::System.Environment.GetEnvironmentVariable("PATH"))}",
        ["HOME"] = _directory.FullName,
    };
}
