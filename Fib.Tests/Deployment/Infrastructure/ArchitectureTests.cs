using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>The machines of both stacks have the architecture of the parameter.</summary>
public class ArchitectureTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");
    private static readonly Template Ecs = Template.Load("ecs-infrastructure.yaml");

    [Theory]
    [InlineData("infrastructure.yaml")]
    [InlineData("ecs-infrastructure.yaml")]
    public void Parameter_DefaultsToX86(string name)
    {
        var template = Template.Load(name);
        var parameter = template.Parameters["Architecture"]!;
        Assert.Equal("x86_64", parameter["Default"]!.ToString());
        Assert.Equal("""["x86_64","arm64"]""", parameter["AllowedValues"]!.ToJsonString());
        Assert.Equal("""{"Fn::Equals":[{"Ref":"Architecture"},"arm64"]}""", template.Conditions["OnArm"]!.ToJsonString());
    }

    [Fact]
    public void Beanstalk_InstanceTypes_HaveTheArchitecture()
    {
        var options = Beanstalk.Properties("Environment")["OptionSettings"]!.AsArray()
            .Where(option => option!["Namespace"]?.ToString() == "aws:ec2:instances")
            .ToDictionary(option => option!["OptionName"]!.ToString(), option => option!["Value"]!);
        Assert.Equal("""{"Ref":"Architecture"}""", options["SupportedArchitectures"].ToJsonString());
        Assert.Equal("OnArm", options["InstanceTypes"]["Fn::If"]![0]!.ToString());
        Assert.Equal(
            ["ArmInstanceType", "InstanceType"],
            Calls.Choices(options["InstanceTypes"])!.Select(choice => choice!["Fn::FindInMap"]![2]!.ToString()));
        Assert.All(Beanstalk.Mappings["Sizes"]!.AsObject(), size => Assert.Equal(
            (ElasticBeanstalkArchitecture.X64, ElasticBeanstalkArchitecture.Arm64),
            (Of(size.Value!["InstanceType"]), Of(size.Value["ArmInstanceType"]))));
    }

    [Fact]
    public void Ecs_InstanceTypesAndImages_HaveTheArchitecture()
    {
        var machine = Ecs.Properties("Machine")["LaunchTemplateData"]!;
        Assert.Equal("OnArm", machine["ImageId"]!["Fn::If"]![0]!.ToString());
        var images = Calls.Choices(machine["ImageId"])!.Select(image => Ecs.Parameters[image!["Ref"]!.ToString()]!["Default"]!.ToString());
        Assert.Equal([true, false], images.Select(image => image.Contains("/arm64/", StringComparison.Ordinal)));
        var defaultType = Calls.Choices(machine["InstanceType"])!.Last();
        Assert.Equal("OnArm", defaultType!["Fn::If"]![0]!.ToString());
        Assert.Equal([ElasticBeanstalkArchitecture.Arm64, ElasticBeanstalkArchitecture.X64], Calls.Choices(defaultType)!.Select(Of));
    }

    private static ElasticBeanstalkArchitecture? Of(global::System.Text.Json.Nodes.JsonNode? type) =>
        InstanceType.ArchitectureOf(type!.ToString());
}
