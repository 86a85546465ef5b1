using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>Security properties of the stacks: ingress rules, encryption, retention, passwords and policies.</summary>
public class StackTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");
    private static readonly Template Ecs = Template.Load("ecs-infrastructure.yaml");

    [Fact]
    public void Beanstalk_Ingress_AllowsOnlyTheStoresGroupAndTheRouter() => Assert.Equal(
        [
            "InstancesGroup tcp 80-80 from 0.0.0.0/0",
            "InstancesGroup tcp 80-80 from LoadBalancerGroup",
            "LoadBalancerGroup tcp 443-443 from 0.0.0.0/0",
            "LoadBalancerGroup tcp 80-80 from 0.0.0.0/0",
            "StoresGroup tcp 5432-5432 from StoresGroup",
            "StoresGroup tcp 6379-6379 from StoresGroup",
        ],
        Ingress(Beanstalk));

    [Fact]
    public void Ecs_Ingress_AllowsOnlyTheLoadBalancerAndTasks() => Assert.Equal(
        [
            "ClusterGroup -1 any from LoadBalancerGroup",
            "LoadBalancerGroup tcp 443-443 from 0.0.0.0/0",
            "LoadBalancerGroup tcp 80-80 from 0.0.0.0/0",
            "TasksGroup tcp 32768-65535 from TasksGroup",
        ],
        Ingress(Ecs));

    [Fact]
    public void Instances_BehindALoadBalancer_AllowOnlyTheLoadBalancer()
    {
        var rule = Beanstalk.Properties("InstancesGroup")["SecurityGroupIngress"]![0]!["Fn::If"]!;
        Assert.Equal("Balanced", rule[0]!.ToString());
        Assert.Equal("LoadBalancerGroup", rule[1]!["SourceSecurityGroupId"]!["Fn::GetAtt"]![0]!.ToString());
        Assert.Null(rule[1]!["CidrIp"]);
    }

    [Theory]
    [InlineData("infrastructure.yaml")]
    [InlineData("ecs-infrastructure.yaml")]
    public void LoadBalancer_Port80_OnlyRedirects(string name)
    {
        var template = Template.Load(name);
        var listeners = template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(template.Properties)
            .ToDictionary(listener => listener["Port"]!.GetValue<long>());
        Assert.Equal([80, 443], listeners.Keys.Order());
        var action = Assert.Single(listeners[80]["DefaultActions"]!.AsArray())!;
        Assert.Equal("redirect", action["Type"]!.ToString());
        Assert.Equal(("HTTPS", "443"), (action["RedirectConfig"]!["Protocol"]!.ToString(), action["RedirectConfig"]!["Port"]!.ToString()));
        Assert.NotNull(Assert.Single(listeners[443]["Certificates"]!.AsArray())!["CertificateArn"]);
    }

    [Fact]
    public void Database_IsEncryptedPrivateAndRetained()
    {
        var database = Beanstalk.Properties("Database");
        Assert.Equal(
            ("true", "false", "fibvalues"),
            (database["StorageEncrypted"]!.ToString(), database["PubliclyAccessible"]!.ToString(), database["DBName"]!.ToString()));
        Assert.Equal("""{"Fn::If":["Production",true,false]}""", database["DeletionProtection"]!.ToJsonString());
        var resource = Beanstalk.Resources["Database"]!;
        Assert.Equal(("Snapshot", "Snapshot"), (resource["DeletionPolicy"]!.ToString(), resource["UpdateReplacePolicy"]!.ToString()));
        Assert.All(Beanstalk.Mappings["Sizes"]!.AsObject(), size =>
            Assert.InRange(int.Parse(size.Value!["BackupDays"]!.ToString(), null), 1, 35));
    }

    [Fact]
    public void Cache_IsEncryptedInTransitAndHasAPassword()
    {
        var cache = Beanstalk.Properties("Cache");
        Assert.Equal("true", cache["TransitEncryptionEnabled"]!.ToString());
        Assert.Equal("{{resolve:secretsmanager:${CachePassword}:SecretString}}", cache["AuthToken"]!["Fn::Sub"]!.ToString());
    }

    /// <summary>Beanstalk passes [A-Za-z0-9_.-] unchanged to containers.</summary>
    [Fact]
    public void Passwords_HaveOnlyLettersAndDigits() => Assert.All(Beanstalk.OfType("AWS::SecretsManager::Secret"), name =>
    {
        var generated = Beanstalk.Properties(name)["GenerateSecretString"]!;
        string[] properties = ["ExcludePunctuation", "IncludeSpace", "PasswordLength"];
        Assert.Equal(["true", "false", "40"], properties.Select(property => generated[property]!.ToString()));
    });

    /// <summary>An environment may run any image with a tag, however old it is.</summary>
    [Fact]
    public void Repositories_HaveImmutableTagsAndScansAndExpireOnlyUntaggedImages() => Assert.Equal(
        [
            "${RepositoryPrefix}/multi-client", "${RepositoryPrefix}/multi-nginx", "${RepositoryPrefix}/multi-server",
            "${RepositoryPrefix}/multi-worker",
        ],
        Ecs.OfType("AWS::ECR::Repository").Select(Ecs.Properties).Select(repository =>
        {
            Assert.Equal("IMMUTABLE", repository["ImageTagMutability"]!.ToString());
            Assert.Equal("true", repository["ImageScanningConfiguration"]!["ScanOnPush"]!.ToString());
            var rules = JsonNode.Parse(repository["LifecyclePolicy"]!["LifecyclePolicyText"]!.ToString())!["rules"]!.AsArray();
            Assert.Equal(["untagged"], rules.Select(rule => rule!["selection"]!["tagStatus"]!.ToString()));
            return repository["RepositoryName"]!["Fn::Sub"]!.ToString();
        }).Order());

    [Fact]
    public void ManagedPolicies_AreOnlyThoseOfBeanstalksOperationsRole()
    {
        Assert.DoesNotContain(":aws:policy/", Ecs.Resources.ToJsonString(), StringComparison.Ordinal);
        var policies = Beanstalk.Text.Split('\n').Where(line => line.Contains("iam::aws:policy/", StringComparison.Ordinal))
            .Select(line => line[(line.LastIndexOf('/') + 1)..].TrimEnd('"')).Distinct();
        Assert.Equal(["AWSElasticBeanstalkRoleCWL", "AWSElasticBeanstalkRoleCore"], policies.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Ingress(Template template)
    {
        var inline = template.OfType("AWS::EC2::SecurityGroup").SelectMany(group =>
            (template.Properties(group)["SecurityGroupIngress"]?.AsArray() ?? [])
                .SelectMany(rule => Calls.Choices(rule) ?? [rule]).Select(rule => (group, rule)));
        var separate = template.OfType("AWS::EC2::SecurityGroupIngress").Select(template.Properties)
            .Select(rule => (rule["GroupId"]!["Fn::GetAtt"]![0]!.ToString(), (JsonNode?)rule));
        return inline.Concat(separate).Select(rule => $"{rule.Item1} {Describe(rule.Item2!)}").Order(StringComparer.Ordinal);
    }

    private static string Describe(JsonNode rule)
    {
        var ports = rule["FromPort"] is { } first ? $"{first}-{rule["ToPort"]}" : "any";
        return $"{rule["IpProtocol"]} {ports} from {rule["CidrIp"] ?? rule["SourceSecurityGroupId"]!["Fn::GetAtt"]![0]}";
    }
}
