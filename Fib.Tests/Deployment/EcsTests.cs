namespace Fib.Tests.Deployment;

/// <summary>deploy/ecs.sh updates the services, and rolls back unless another deployment changed them.</summary>
public sealed class EcsTests(EcsTestBase.Bundle bundle) : EcsTestBase(bundle)
{
    [Fact]
    public async Task Deploy_BecomesStable_RegistersAndUpdatesEachService()
    {
        DescribeServices(Running(1, "COMPLETED"), Running(2, "IN_PROGRESS"), Running(2, "COMPLETED"));

        var (exitCode, output) = await DeployAsync();

        Assert.True(exitCode == 0, output);
        var registered = Calls("RegisterTaskDefinition").Select(call => call["family"]!.GetValue<string>()).Order();
        Assert.Equal(Services.Select(service => $"playground-fib-{service}").Order(), registered);
        Assert.All(Calls("RegisterTaskDefinition"), call =>
            Assert.EndsWith(":v2", call["containerDefinitions"]![0]!["image"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal(UpdatesTo(2), Updates(Calls("UpdateService")));
        Assert.Equal("playground-fib-server", Calls("UpdateService").First()["service"]!.GetValue<string>());
        Assert.EndsWith("ecs.sh: playground-fib runs v2 on playground\n", output, StringComparison.Ordinal);
    }

    /// <summary>The breaker reverts to the last completed deployment, which may be older than the one that ran before.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Deploy_CircuitBreakerRevertsOneService_RollsBackAllServices(int completed)
    {
        var oneReverted = Running(2, "COMPLETED", ("worker", completed));
        DescribeServices(Running(1, "COMPLETED"), Running(2, "IN_PROGRESS"), oneReverted, Running(1, "COMPLETED"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(UpdatesTo(1), Updates(Calls("UpdateService").TakeLast(4)));
        Assert.Equal(Services.Select(service => Arn(service, 2)), Deregistered);
        Assert.EndsWith(
            $"ecs.sh: deployment failed (playground-fib-worker was reverted to playground-fib-worker:{completed}) and was rolled back.\n",
            output, StringComparison.Ordinal);
    }

    /// <summary>A rollback would undo the other deployment, which may roll back to a definition of this one.</summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(0, 1)]
    public async Task Deploy_AnotherDeploymentChangesAService_StopsWithoutARollback(int before, int other)
    {
        var oneChanged = Running(2, "COMPLETED", ("worker", other));
        DescribeServices(Running(before, "COMPLETED"), Running(2, "IN_PROGRESS"), oneChanged);

        await StopsAsync("worker", other);
    }

    [Fact]
    public async Task Deploy_SmokeTestFailsAfterAnotherDeployment_StopsWithoutARollback()
    {
        (Script.Settings["ECS_SMOKE_URL"], Script.Settings["SMOKE_TIMEOUT"]) = (Aws.Address, "0");
        DescribeServices(Running(1, "COMPLETED"), Running(2, "COMPLETED"), Running(3, "IN_PROGRESS"));

        await StopsAsync("[a-z]+", 3);
    }

    /// <summary>SMOKE_URL is the address of the Beanstalk environment, also in this stage of the pipeline.</summary>
    [Fact]
    public async Task Deploy_WithoutAnAddress_TestsTheSiteOfTheStack()
    {
        (Script.Settings["ECS_SMOKE_URL"], Script.Settings["SMOKE_TIMEOUT"]) = ("", "0");
        Script.Settings["SMOKE_URL"] = "none";
        AnswerStack($"<member><OutputKey>Url</OutputKey><OutputValue>{Aws.Address}</OutputValue></member>");
        DescribeServices(Running(1, "COMPLETED"), Running(2, "COMPLETED"), Running(1, "COMPLETED"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.EndsWith(
            $"ecs.sh: deployment failed (the smoke test of {Aws.Address} failed) and was rolled back.\n", output, StringComparison.Ordinal);
        Assert.Equal("playground-fib", Aws.Calls.Single(call => call.Operation == "DescribeStacks")["StackName"]);
    }

    [Fact]
    public async Task Deploy_StackWithoutAnAddress_ChangesNothing()
    {
        Script.Settings["ECS_SMOKE_URL"] = "";
        AnswerStack("");

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(
            (2, "ecs.sh: the address of the smoke test is '': set ECS_SMOKE_URL to the address of the site, or to none.\n"),
            (exitCode, output));
        Assert.Empty(Aws.Changes);
    }

    /// <summary>The next update of the stack would deploy what stays registered.</summary>
    [Fact]
    public async Task Deploy_RegistersOnlyAPart_DeregistersIt()
    {
        DescribeServices(Running(1, "COMPLETED"));
        Aws.Answer(
            "RegisterTaskDefinition", new AwsReply($$$"""{"taskDefinition":{"taskDefinitionArn":"{{{Arn("server", 2)}}}"}}"""),
            AwsReply.RefusedJson("ClientException", "no such role"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.EndsWith("ecs.sh: no service was changed.\n", output, StringComparison.Ordinal);
        Assert.Equal([Arn("server", 2)], Deregistered);
    }

    private void AnswerStack(string outputs) => Aws.Answer("DescribeStacks", AwsReply.Of(
        "DescribeStacks",
        "<Stacks><member><StackName>playground-fib</StackName><CreationTime>2026-11-20T12:00:00Z</CreationTime>" +
        $"<StackStatus>CREATE_COMPLETE</StackStatus><Outputs>{outputs}</Outputs></member></Stacks>"));

    private async Task StopsAsync(string service, int other)
    {
        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(UpdatesTo(2), Updates(Calls("UpdateService")));
        Assert.Empty(Deregistered);
        Assert.Matches(
            $@"ecs\.sh: another deployment changed playground-fib-({service}) to playground-fib-\1:{other}; nothing was rolled back\. " +
            "Deploy again when it has ended\\.\n$",
            output);
    }
}
