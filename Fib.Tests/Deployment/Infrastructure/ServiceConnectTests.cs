using System.Globalization;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>What Service Connect requires of machines and tasks (ECS Developer Guide, "Service Connect components").</summary>
public class ServiceConnectTests
{
    /// <summary>In MiB: a published task has 128 for its container and 64 for the proxy.</summary>
    private const int Proxy = 64, Task = 128 + Proxy;

    /// <summary>In MiB, of 2 GiB, since the system itself needs some.</summary>
    private const int Machine = 1800;

    private static readonly Template Ecs = Template.Load("ecs-infrastructure.yaml");

    [Fact]
    public void Machines_MayPollForTasksAndForEndpoints() => Assert.Equal(
        ["container-instance/${Cluster}/*", "task-set/${Cluster}/*"],
        PolicyCheck.Statements(Ecs.Resources["InstanceRole"]).Where(statement => PolicyCheck.Actions(statement).Contains("ecs:Poll"))
            .Select(statement => statement["Resource"]!["Fn::Sub"]!.ToString().Split("AccountId}:")[1]));

    [Fact]
    public void Placeholders_HaveAMemoryLimitWithRoomForTheProxy() => Assert.All(
        Ecs.OfType("AWS::ECS::TaskDefinition").Select(Ecs.Properties),
        task => Assert.InRange(Number(task["Memory"]), Number(task["ContainerDefinitions"]![0]!["MemoryReservation"]) + Proxy, Task));

    [Fact]
    public void Machines_HaveRoomForTwiceTheTasks()
    {
        var services = Ecs.OfType("AWS::ECS::Service").Count();
        Assert.All(Ecs.Mappings["Sizes"]!.AsObject(), size => Assert.InRange(
            2 * services * Number(size.Value!["Copies"]) * Task, 1, Number(size.Value["MinInstances"]) * Machine));
        // Both have 2 GiB.
        Assert.Contains("[OnArm, t4g.small, t3.small]", Ecs.Text, StringComparison.Ordinal);
    }

    private static int Number(global::System.Text.Json.Nodes.JsonNode? node) =>
        int.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}
