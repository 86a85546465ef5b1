using System.Text.Json.Nodes;
using Fib.Tests.Deploy.Infrastructure.Checking;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary>What the stacks admit, encrypt and keep, and what they must not.</summary>
public class StackTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");
    private static readonly Template Ecs = Template.Load("ecs-infrastructure.yaml");

    [Fact]
    public void Beanstalk_Admits_StoresFromTheirGroupAndTheWebThroughTheRouter() => Assert.Equal(
        [
            "InstancesGroup tcp 80-80 from 0.0.0.0/0",
            "InstancesGroup tcp 80-80 from LoadBalancerGroup",
            "LoadBalancerGroup tcp 443-443 from 0.0.0.0/0",
            "LoadBalancerGroup tcp 80-80 from 0.0.0.0/0",
            "StoresGroup tcp 5432-5432 from StoresGroup",
            "StoresGroup tcp 6379-6379 from StoresGroup",
        ],
        Admitted(Beanstalk));

    [Fact]
    public void Ecs_Admits_TheWebToTheLoadBalancerAndTheLoadBalancerToEverything() => Assert.Equal(
        [
            "ClusterGroup -1 any from LoadBalancerGroup",
            "LoadBalancerGroup tcp 443-443 from 0.0.0.0/0",
            "LoadBalancerGroup tcp 80-80 from 0.0.0.0/0",
            "TasksGroup tcp 32768-65535 from TasksGroup",
        ],
        Admitted(Ecs));

    [Fact]
    public void Instances_WithALoadBalancer_AdmitNobodyElse()
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
        var listeners = template.OfType("AWS::ElasticLoadBalancingV2::Listener").Select(template.Properties).ToDictionary(listener => listener["Port"]!.GetValue<long>());
        Assert.Equal([80, 443], listeners.Keys.Order());
        var action = Assert.Single(listeners[80]["DefaultActions"]!.AsArray())!;
        Assert.Equal("redirect", action["Type"]!.ToString());
        Assert.Equal(("HTTPS", "443"), (action["RedirectConfig"]!["Protocol"]!.ToString(), action["RedirectConfig"]!["Port"]!.ToString()));
        Assert.NotNull(Assert.Single(listeners[443]["Certificates"]!.AsArray())!["CertificateArn"]);
    }

    [Fact]
    public void Database_IsEncryptedPrivateAndKept()
    {
        var database = Beanstalk.Properties("Database");
        Assert.Equal(("true", "false", "fibvalues"), (database["StorageEncrypted"]!.ToString(), database["PubliclyAccessible"]!.ToString(), database["DBName"]!.ToString()));
        Assert.Equal("""{"Fn::If":["Production",true,false]}""", database["DeletionProtection"]!.ToJsonString());
        Assert.Equal(("Snapshot", "Snapshot"), (Beanstalk.Resources["Database"]!["DeletionPolicy"]!.ToString(), Beanstalk.Resources["Database"]!["UpdateReplacePolicy"]!.ToString()));
        Assert.All(Beanstalk.Mappings["Sizes"]!.AsObject(), size => Assert.InRange(int.Parse(size.Value!["BackupDays"]!.ToString(), null), 1, 35));
    }

    [Fact]
    public void Cache_IsEncryptedInTransitAndHasAPassword()
    {
        var cache = Beanstalk.Properties("Cache");
        Assert.Equal("true", cache["TransitEncryptionEnabled"]!.ToString());
        Assert.Equal("{{resolve:secretsmanager:${CachePassword}:SecretString}}", cache["AuthToken"]!["Fn::Sub"]!.ToString());
    }

    /// <summary>What Beanstalk carries unchanged is [A-Za-z0-9_.-]; letters and digits are among them.</summary>
    [Fact]
    public void Passwords_AreLettersAndDigits() => Assert.All(Beanstalk.OfType("AWS::SecretsManager::Secret"), name =>
    {
        var generated = Beanstalk.Properties(name)["GenerateSecretString"]!;
        Assert.Equal(("true", "false", "40"), (generated["ExcludePunctuation"]!.ToString(), generated["IncludeSpace"]!.ToString(), generated["PasswordLength"]!.ToString()));
    });

    [Fact]
    public void Repositories_KeepTheirTagsAreScannedAndCleared() => Assert.Equal(
        ["${RepositoryPrefix}/multi-client", "${RepositoryPrefix}/multi-nginx", "${RepositoryPrefix}/multi-server", "${RepositoryPrefix}/multi-worker"],
        Ecs.OfType("AWS::ECR::Repository").Select(Ecs.Properties).Select(repository =>
        {
            Assert.Equal(("IMMUTABLE", "true"), (repository["ImageTagMutability"]!.ToString(), repository["ImageScanningConfiguration"]!["ScanOnPush"]!.ToString()));
            Assert.NotEmpty(JsonNode.Parse(repository["LifecyclePolicy"]!["LifecyclePolicyText"]!.ToString())!["rules"]!.AsArray());
            return repository["RepositoryName"]!["Fn::Sub"]!.ToString();
        }).Order());

    [Fact]
    public void ManagedPolicies_AreOnlyThoseThatBeanstalkChangesAnEnvironmentWith()
    {
        Assert.DoesNotContain(":aws:policy/", Ecs.Resources.ToJsonString(), StringComparison.Ordinal);
        var named = Beanstalk.Text.Split('\n').Where(line => line.Contains("iam::aws:policy/", StringComparison.Ordinal)).Select(line => line[(line.LastIndexOf('/') + 1)..].TrimEnd('"')).Distinct();
        Assert.Equal(["AWSElasticBeanstalkRoleCWL", "AWSElasticBeanstalkRoleCore"], named.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Admitted(Template template)
    {
        var within = template.OfType("AWS::EC2::SecurityGroup").SelectMany(group =>
            (template.Properties(group)["SecurityGroupIngress"]?.AsArray() ?? []).SelectMany(rule => Calls.Choices(rule) ?? [rule]).Select(rule => (group, rule)));
        var apart = template.OfType("AWS::EC2::SecurityGroupIngress").Select(template.Properties).Select(rule => (rule["GroupId"]!["Fn::GetAtt"]![0]!.ToString(), (JsonNode?)rule));
        return within.Concat(apart).Select(admitted => $"{admitted.Item1} {Describe(admitted.Item2!)}").Order(StringComparer.Ordinal);
    }

    private static string Describe(JsonNode rule) =>
        $"{rule["IpProtocol"]} {(rule["FromPort"] is { } first ? $"{first}-{rule["ToPort"]}" : "any")} from {rule["CidrIp"] ?? rule["SourceSecurityGroupId"]!["Fn::GetAtt"]![0]}";
}
