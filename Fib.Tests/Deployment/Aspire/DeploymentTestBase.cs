using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.LocalSystem.Processes;
using BeanstalkDeployment = Fib.Hosting.ElasticBeanstalk.Deploying.Deployment;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>A deployment of one bundle, with the real <c>aws</c> and an AWS endpoint of the test.</summary>
public abstract class DeploymentTestBase : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("deployment-");

    private protected static AwsReply Before { get; } = AwsReply.Environment("Ready", "Green", "fib-1");

    private protected static AwsReply Updating { get; } = AwsReply.Environment("Updating", "Grey", "fib-1");

    private protected static AwsReply Green { get; } = AwsReply.Environment("Ready", "Green", "fib-2");

    private protected static AwsReply Red { get; } = AwsReply.Environment("Ready", "Red", "fib-2");

    private protected List<string> Reported { get; } = [];

    private protected ElasticBeanstalkEnvironmentResource Target { get; } = new("eb")
    {
        Application = "multi-docker",
        EnvironmentName = "fib-env",
        BundleBucket = "bucket",
        PollInterval = TimeSpan.Zero,
        HealthTimeout = TimeSpan.Zero,
        SmokeUrl = "",
        SmokeTimeout = TimeSpan.Zero,
    };

    private protected AwsEndpoint Aws { get; private set; } = null!;

    private protected AwsCli Cli => new("eu-west-1", AwsVariables.Of(Aws));

    private protected IEnumerable<string> UpdatedTo => Aws.Calls.Where(call => call.Operation == "UpdateEnvironment").Select(call =>
        call["VersionLabel"]);

    private protected PropertyValues NewCulture => Values(new PropertyValue(new("STORE_CULTURE", "the culture"), "en-US"));

    private protected string Bundle => Path.Combine(_folder.Path, "fib-2.zip");

    public async ValueTask InitializeAsync()
    {
        Aws = await AwsEndpoint.StartAsync();
        await WriteBundleAsync(("docker-compose.yml", "services: {}"));
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PropertyValues Values(params PropertyValue[] values) =>
        new(Cli, "multi-docker", "fib-env", values, Reported.Add);

    private protected async Task WriteBundleAsync(params (string Path, string Text)[] files)
    {
        File.Delete(Bundle);
        await using var zip = await ZipFile.OpenAsync(Bundle, ZipArchiveMode.Create);
        foreach (var (path, text) in files)
        {
            await using var writer = new StreamWriter(await zip.CreateEntry(path).OpenAsync());
            await writer.WriteAsync(text);
        }
    }

    private protected BeanstalkDeployment Deployment(string label)
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        return new BeanstalkDeployment(Target, label, Cli, Reported.Add);
    }

    private protected async Task<string> FailAsync(params AwsReply[] states) => (await Assert.ThrowsAsync<DeploymentException>(() =>
        DeployAsync(states))).Message;

    private protected Task<string> DeployAsync(params AwsReply[] states)
    {
        Aws.Answer("DescribeEnvironments", states);
        return Deployment("fib-2").RunAsync(Bundle, new PlatformSettings(), CancellationToken.None);
    }
}
