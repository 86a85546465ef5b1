namespace Fib.Tests.Deployment;

/// <summary>deploy/ecs.sh checks the bundle, the images and the services before it changes anything.</summary>
public sealed class EcsBundleTests(EcsTestBase.Bundle bundle) : EcsTestBase(bundle)
{
    [Fact]
    public async Task Deploy_ImageNotInEcr_IsRejected()
    {
        Aws.Answer("BatchGetImage", new AwsReply("""{"images":[],"failures":[{"failureCode":"ImageNotFound"}]}"""));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal((2, "ecs.sh: ECR has no image multi-server:v2; the pipeline of that git tag pushes it.\n"), (exitCode, output));
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_ServiceDoesNotExist_IsRejected()
    {
        DescribeServices("""{"services":[],"failures":[{"reason":"MISSING"}]}""");

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(
            (2, "ecs.sh: cluster playground has no service playground-fib-server; deploy/ecs-infrastructure.yaml creates it.\n"),
            (exitCode, output));
        Assert.Empty(Aws.Changes);
    }

    [Fact]
    public async Task Deploy_BundleOfAnotherTag_IsRejected()
    {
        var (exitCode, output) = await DeployAsync("v3");

        Assert.Equal(2, exitCode);
        Assert.Contains("has the tag v2, not v3: publish it again.", output, StringComparison.Ordinal);
        Assert.Empty(Aws.Calls);
    }

    [Fact]
    public async Task Deploy_BundleWithAnotherExecutionRole_IsRejected()
    {
        Script.Settings["ECS_EXECUTION_ROLE"] = "another";

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(2, exitCode);
        Assert.EndsWith("server.json has the execution role fib-ecs-execution, not another.\n", output, StringComparison.Ordinal);
        Assert.Empty(Aws.Calls);
    }

    [Theory]
    [InlineData("test/production")]
    [InlineData("refs/heads/release/production")]
    public async Task Deploy_NestedReleaseBranch_IsRejected(string name)
    {
        var (exitCode, output) = await DeployAsync(arguments: [], environment: $"refs/heads/release/{name}");

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"ecs.sh: '{name}' is not the name of an environment; usage:", output, StringComparison.Ordinal);
        Assert.Empty(Aws.Calls);
    }

    [Fact]
    public async Task Deploy_WithoutABundle_PublishesOneWithTheExecutionRole()
    {
        Script.Settings["ECS_EXECUTION_ROLE"] = "another";
        DescribeServices(Running(1, "COMPLETED"), Running(2, "COMPLETED"));

        var (exitCode, output) = await DeployAsync(arguments: [], environment: "refs/heads/release/playground");

        Assert.True(exitCode == 0, output);
        Assert.Equal(["another"], Calls("RegisterTaskDefinition").Select(call => call["executionRoleArn"]!.GetValue<string>()).Distinct());
    }
}
