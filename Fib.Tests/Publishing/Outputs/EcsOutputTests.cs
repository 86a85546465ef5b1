using System.Text.Json.Nodes;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Dockerrun;
using Fib.Hosting.ElasticBeanstalk.Outputs.TaskDefinitions;

namespace Fib.Tests.Publishing.Outputs;

/// <summary>The rules of the ECS-managed platform and of Service Connect.</summary>
public sealed class EcsOutputTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/tasks", "arn:aws:iam::123456789012:role/tasks")]
    [InlineData("tasks", null)]
    public void Dockerrun_ExecutionRole_IsWrittenIfItIsAnArn(string role, string? expected)
    {
        var bundle = Samples.Valid with { Targets = ElasticBeanstalkTargets.EcsManaged, Tasks = new TaskSettings { ExecutionRole = role } };
        Assert.Equal(expected, (string?)Json(new DockerrunRenderer().Render(bundle).Single())["executionRoleArn"]);
    }

    [Fact]
    public void TaskDefinition_ServiceConnect_HasMemoryForItsProxyAndNoHostName()
    {
        var bundle = Samples.Valid with { Targets = ElasticBeanstalkTargets.Ec2 };
        var task = Json(new TaskDefinitionRenderer().Render(bundle).Single(file => file.Path == "ecs/ec2/shop.json"));
        Assert.Equal($"{Samples.Shop.Memory.MiB + 64}", (string?)task["memory"]);
        Assert.Null(task["containerDefinitions"]![0]!["hostname"]);
    }

    private static JsonNode Json(BundleFile file) => JsonNode.Parse(file.Text)!;
}
