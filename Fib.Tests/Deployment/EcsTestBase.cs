using System.Text.Json.Nodes;
using Fib.Tests.Publishing;

namespace Fib.Tests.Deployment;

/// <summary>Base of the tests of deploy/ecs.sh, with the publisher's task definitions.</summary>
public abstract class EcsTestBase(EcsTestBase.Bundle bundle) : DeployScriptTests, IClassFixture<EcsTestBase.Bundle>
{
    private const string Registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com/fib";
    private const string Tag = "v2";

    /// <summary>In the order of their registration.</summary>
    private protected static readonly string[] Services = ["server", "worker", "client", "nginx"];

    private protected Task<(int ExitCode, string Output)> DeployAsync(string tag = Tag) => DeployAsync([bundle.Directory], tag);

    private protected async Task<(int ExitCode, string Output)> DeployAsync(
        string[] arguments, string tag = Tag, string environment = "playground")
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
        return await RunAsync("ecs.sh", [environment, .. arguments]);
    }

    private protected IEnumerable<string> Deregistered =>
        Calls("DeregisterTaskDefinition").Select(call => call["taskDefinition"]!.GetValue<string>());

    /// <summary>After the first call the script polls with two calls each: for the events and for the state.</summary>
    private protected void DescribeServices(string first, params IEnumerable<string> polls) =>
        Aws.Answer("DescribeServices", polls.SelectMany(poll => new[] { poll, poll }).Prepend(first).Select(poll => new AwsReply(poll)));

    private protected IEnumerable<JsonNode> Calls(string operation) =>
        Aws.Calls.Where(call => call.Operation == operation).Select(call => JsonNode.Parse(call.Body)!);

    private protected static IEnumerable<(string, string)> Updates(IEnumerable<JsonNode> calls) =>
        calls.Select(call => (call["service"]!.GetValue<string>(), call["taskDefinition"]!.GetValue<string>()))
            .OrderBy(update => update.Item1);

    private protected static IEnumerable<(string, string)> UpdatesTo(int revision) =>
        Services.Select(service => ($"playground-fib-{service}", Arn(service, revision))).OrderBy(update => update.Item1);

    private protected static string Arn(string service, int revision) =>
        $"arn:aws:ecs:us-east-1:123456789012:task-definition/playground-fib-{service}:{revision}";

    private protected static string Running(int revision, string rollout, params (string Service, int Revision)[] others)
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
