using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>What Beanstalk needs, besides its managed policies, to create the environment and to keep it deployable.</summary>
public class OperationsTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");

    /// <summary>A fresh account has none of these roles, and AWSElasticBeanstalkRoleCore allows only Beanstalk's own.</summary>
    [Fact]
    public void OperationsPolicy_AllowsTheServiceLinkedRolesOfTheEnvironment()
    {
        var statement = Allowing("iam:CreateServiceLinkedRole");
        Assert.Equal(
            """{"StringEquals":{"iam:AWSServiceName":["autoscaling.amazonaws.com","managedupdates.elasticbeanstalk.amazonaws.com"]}}""",
            statement["Condition"]!.ToJsonString());
        Assert.EndsWith(":role/aws-service-role/*", statement["Resource"]!["Fn::Sub"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "AWSServiceRoleForElasticBeanstalkManagedUpdates",
            Option("aws:elasticbeanstalk:managedactions", "ServiceRoleForManagedUpdates"));
    }

    /// <summary>
    /// Beanstalk adds its default rule to port 80 unless another listener has it (Developer Guide, "shared load balancer").
    /// </summary>
    [Fact]
    public void SharedLoadBalancer_HasTheDefaultRuleOnHttps_AndRulesMayBeAddedToBothListeners()
    {
        Assert.Equal("default,site", Option("aws:elbv2:listener:443", "Rules"));
        Assert.Equal(
            Beanstalk.OfType("AWS::ElasticLoadBalancingV2::Listener"),
            Allowing("elasticloadbalancing:CreateRule")["Resource"]!.AsArray().Select(listener => listener!["Ref"]!.ToString()));
    }

    /// <summary>A region may have 1,000 versions (Developer Guide, "application version lifecycle").</summary>
    [Fact]
    public void Application_DeletesOldVersionsButNoBundles()
    {
        var lifecycle = Beanstalk.Properties("Application")["ResourceLifecycleConfig"]!;
        Assert.Equal(
            """{"Enabled":true,"MaxCount":200,"DeleteSourceFromS3":false}""",
            lifecycle["VersionLifecycleConfig"]!["MaxCountRule"]!.ToJsonString());
        Assert.Equal("ServiceRole", lifecycle["ServiceRole"]!["Fn::GetAtt"]![0]!.ToString());
        Assert.EndsWith(
            ":applicationversion/${Name}/*",
            Allowing("elasticbeanstalk:DeleteApplicationVersion", "ServicePolicy")["Resource"]!["Fn::Sub"]!.ToString(),
            StringComparison.Ordinal);
    }

    private static JsonObject Allowing(string action, string policy = "OperationsPolicy") => Assert.Single(
        PolicyCheck.Statements(Beanstalk.Resources[policy]), statement => PolicyCheck.Actions(statement).Contains(action));

    private static string Option(string space, string name) => Beanstalk.Properties("Environment")["OptionSettings"]!.AsArray()
        .Select(option => (Calls.Choices(option)?.First() ?? option)!)
        .Single(option => option["Namespace"]!.ToString() == space && option["OptionName"]!.ToString() == name)["Value"]!.ToString();
}
