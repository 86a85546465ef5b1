namespace Fib.Tests.Deploy;

/// <summary>A script, and an AWS of its own that the real <c>aws</c> is led to.</summary>
public abstract class DeployTests : IAsyncLifetime
{
    private protected static readonly AwsReply Before = AwsReply.Environment("Ready", "Green", "fib-1");
    private protected static readonly AwsReply Updating = AwsReply.Environment("Updating", "Grey", "fib-1");
    private protected static readonly AwsReply Green = AwsReply.Environment("Ready", "Green", "fib-2");

    private protected AwsEndpoint Aws { get; private set; } = null!;

    private protected DeployScript Script { get; private set; } = null!;

    /// <summary>The version labels that the environment was updated to.</summary>
    private protected IEnumerable<string> UpdatedTo => Aws.Calls.Where(call => call.Operation == "UpdateEnvironment").Select(call => call["VersionLabel"]);

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

    private protected void Environment(params AwsReply[] looks) => Aws.Answer("DescribeEnvironments", looks);

    private protected Task<(int ExitCode, string Output)> DeployAsync() => RunAsync("beanstalk.sh", Script.Bundle());

    private protected Task<(int ExitCode, string Output)> RunAsync(string name, params string[] arguments)
    {
        Assert.SkipUnless(DeployScript.HasAws, DeployScript.WhyNoAws);
        return Script.RunAsync(name, arguments);
    }
}
