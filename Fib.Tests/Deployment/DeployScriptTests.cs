namespace Fib.Tests.Deployment;

/// <summary>Base of the tests of deploy scripts: a fake AWS, and a script whose <c>aws</c> command calls it.</summary>
public abstract class DeployScriptTests : IAsyncLifetime
{
    private protected static readonly AwsReply Before = AwsReply.Environment("Ready", "Green", "fib-1");
    private protected static readonly AwsReply Updating = AwsReply.Environment("Updating", "Grey", "fib-1");
    private protected static readonly AwsReply Green = AwsReply.Environment("Ready", "Green", "fib-2");

    private protected AwsEndpoint Aws { get; private set; } = null!;

    private protected DeployScript Script { get; private set; } = null!;

    /// <summary>The version labels of the environment's updates, in order.</summary>
    private protected IEnumerable<string> UpdatedVersions =>
        Aws.Calls.Where(call => call.Operation == "UpdateEnvironment").Select(call => call["VersionLabel"]);

    public async ValueTask InitializeAsync()
    {
        Aws = await AwsEndpoint.StartAsync();
        Script = new DeployScript(Aws);
    }

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        Script.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void DescribeEnvironments(params AwsReply[] replies) => Aws.Answer("DescribeEnvironments", replies);

    private protected Task<(int ExitCode, string Output)> DeployAsync() => RunAsync("beanstalk.sh", Script.Bundle());

    private protected Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        Assert.SkipUnless(DeployScript.HasAws, DeployScript.WhyNoAws);
        return Script.RunAsync(name, arguments);
    }
}
