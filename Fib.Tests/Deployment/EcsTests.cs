using System.Text.Json.Nodes;
using Fib.Tests.Publishing;

namespace Fib.Tests.Deployment;

/// <summary>deploy/ecs.sh, with the publisher's task definitions.</summary>
public sealed class EcsTests(EcsTests.Bundle bundle) : DeployScriptTests, IClassFixture<EcsTests.Bundle>
{
    private const string Registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com/fib";
    private const string Tag = "v2";
    // In the order of their registration.
    private static readonly string[] Services = ["server", "worker", "client", "nginx"];

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

    [Fact]
    public async Task Deploy_CircuitBreakerRevertsOneService_RollsBackAllServices()
    {
        var oneReverted = Running(2, "COMPLETED", ("worker", 1));
        DescribeServices(Running(1, "COMPLETED"), Running(2, "IN_PROGRESS"), oneReverted, Running(1, "COMPLETED"));

        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(UpdatesTo(1), Updates(Calls("UpdateService").TakeLast(4)));
        Assert.Equal(Services.Select(service => Arn(service, 2)), Deregistered);
        Assert.EndsWith(
            "ecs.sh: deployment failed (playground-fib-worker was reverted to playground-fib-worker:1) and was rolled back.\n",
            output, StringComparison.Ordinal);
    }

    /// <summary>A rollback would undo the other deployment, which may roll back to a definition of this one.</summary>
    [Fact]
    public async Task Deploy_AnotherDeploymentChangesAService_StopsWithoutARollback()
    {
        var oneChanged = Running(2, "COMPLETED", ("worker", 3));
        DescribeServices(Running(1, "COMPLETED"), Running(2, "IN_PROGRESS"), oneChanged);

        await StopsAsync("worker");
    }

    [Fact]
    public async Task Deploy_SmokeTestFailsAfterAnotherDeployment_StopsWithoutARollback()
    {
        (Script.Settings["SMOKE_URL"], Script.Settings["SMOKE_TIMEOUT"]) = (Aws.Address, "0");
        DescribeServices(Running(1, "COMPLETED"), Running(2, "COMPLETED"), Running(3, "IN_PROGRESS"));

        await StopsAsync("[a-z]+");
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

    [Fact]
    public async Task Deploy_WithoutABundle_PublishesOneWithTheExecutionRole()
    {
        Script.Settings["ECS_EXECUTION_ROLE"] = "another";
        DescribeServices(Running(1, "COMPLETED"), Running(2, "COMPLETED"));

        var (exitCode, output) = await DeployAsync(arguments: []);

        Assert.True(exitCode == 0, output);
        Assert.Equal(["another"], Calls("RegisterTaskDefinition").Select(call => call["executionRoleArn"]!.GetValue<string>()).Distinct());
    }

    private async Task StopsAsync(string service)
    {
        var (exitCode, output) = await DeployAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(UpdatesTo(2), Updates(Calls("UpdateService")));
        Assert.Empty(Deregistered);
        Assert.Matches(
            $@"ecs\.sh: another deployment changed playground-fib-({service}) to playground-fib-\1:3; nothing was rolled back\. " +
            "Deploy again when it has ended\\.\n$",
            output);
    }

    private Task<(int ExitCode, string Output)> DeployAsync(string tag = Tag) => DeployAsync([bundle.Directory], tag);

    private async Task<(int ExitCode, string Output)> DeployAsync(string[] arguments, string tag = Tag)
    {
        var image = $$$"""{"imageId":{"imageDigest":"sha256:{{{new string('a', 64)}}}","imageTag":"v2"}}""";
        if (!Aws.Answers("BatchGetImage"))
            Aws.Answer("BatchGetImage", new AwsReply($$"""{"images":[{{image}}],"failures":[]}"""));
        if (!Aws.Answers("RegisterTaskDefinition"))
            Aws.Answer("RegisterTaskDefinition", Services.Select(service =>
                new AwsReply($$$"""{"taskDefinition":{"taskDefinitionArn":"{{{Arn(service, 2)}}}"}}""")));
        Aws.Answer("DeregisterTaskDefinition", new AwsReply("{}"));
        Aws.Answer("UpdateService", new AwsReply("""{"service":{}}"""));
        (Script.Settings["ECR_REGISTRY"], Script.Settings["IMAGE_TAG"]) = (Registry, tag);
        return await RunAsync("ecs.sh", ["playground", .. arguments]);
    }

    private IEnumerable<string> Deregistered =>
        Calls("DeregisterTaskDefinition").Select(call => call["taskDefinition"]!.GetValue<string>());

    /// <summary>After the first call the script polls with two calls each: for the events and for the state.</summary>
    private void DescribeServices(string first, params IEnumerable<string> polls) =>
        Aws.Answer("DescribeServices", polls.SelectMany(poll => new[] { poll, poll }).Prepend(first).Select(poll => new AwsReply(poll)));

    private IEnumerable<JsonNode> Calls(string operation) =>
        Aws.Calls.Where(call => call.Operation == operation).Select(call => JsonNode.Parse(call.Body)!);

    private static IEnumerable<(string, string)> Updates(IEnumerable<JsonNode> calls) =>
        calls.Select(call => (call["service"]!.GetValue<string>(), call["taskDefinition"]!.GetValue<string>()))
            .OrderBy(update => update.Item1);

    private static IEnumerable<(string, string)> UpdatesTo(int revision) =>
        Services.Select(service => ($"playground-fib-{service}", Arn(service, revision))).OrderBy(update => update.Item1);

    private static string Arn(string service, int revision) =>
        $"arn:aws:ecs:us-east-1:123456789012:task-definition/playground-fib-{service}:{revision}";

    private static string Running(int revision, string rollout, params (string Service, int Revision)[] others)
    {
        var different = others.ToDictionary(other => other.Service, other => other.Revision);
        var services = Services.Select(service => Service(service, different.GetValueOrDefault(service, revision), rollout));
        return $$"""{"services":[{{string.Join(',', services)}}],"failures":[]}""";
    }

    private static string Service(string service, int revision, string rollout) =>
        $$"""
        {"serviceName":"playground-fib-{{service}}","status":"ACTIVE","taskDefinition":"{{Arn(service, revision)}}",
         "runningCount":1,"desiredCount":1,"deployments":[{"status":"PRIMARY","rolloutState":"{{rollout}}"}],"events":[]}
        """;

    /// <summary>The publisher's output, which no test changes.</summary>
    public sealed class Bundle : IAsyncLifetime
    {
        private PublishedBundle? _published;

        internal string Directory => _published!.Directory;

        public async ValueTask InitializeAsync() => _published = await PublishedBundle.PublishAsync(
            $"Tag={Tag}", $"Registry={Registry}", "Application=playground-fib", "Region=us-east-1", "ExecutionRole=fib-ecs-execution");

        public ValueTask DisposeAsync()
        {
            _published?.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
