using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Validation;
using static Fib.Tests.Publishing.Samples;

namespace Fib.Tests.Publishing.Validation;

public sealed class BundleChecksTests
{
    [Fact]
    public void Find_ValidBundle_FindsNothing() => Assert.Empty(BundleChecks.Find(Valid with { Router = Router }));

    [Fact]
    public void Find_SeveralProblems_FindsAll()
    {
        var problems = BundleChecks.Find(
            Of(Shop with { Image = new("Shop", "a b") }, Front with { PublishedPort = 8080, Hostname = "Front!" }));
        Assert.Equal(
            ["front-resource: host name", "front-resource: published port", "shop-resource: image", "shop-resource: image"],
            Concepts(problems).Order());
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Find_OneProblem_NamesResourceAndConcept(string problem, object bundle) =>
        Assert.Equal([problem], Concepts(BundleChecks.Find((Bundle)bundle).Where(found => !found.IsWarning)));

    public static TheoryData<string, object> Invalid => new()
    {
        { "store: services", Of() },
        { "Store: name", Valid with { Application = "Store" } },
        { "shop-resource, front-resource: host name", Of(Shop, Front with { Hostname = "shop" }) },
        { "store: tag", Valid with { Tag = "latest" } },
        { "store: tag", Valid with { Tag = "a b" } },
        { "store: tag", Valid with { Tag = new string('1', 101) } },
        { "shop-resource: image", Of(Shop with { Image = new("registry.example.com/shop", null, "sha256:12") }, Front) },
        { "shop-resource: image", Of(Shop with { Image = new("https://registry.example.com/shop", "1") }, Front) },
        { "shop-resource: memory limit", Of(Shop with { Memory = new(5) }, Front) },
        {
            "shop-resource: memory limit",
            Of(Shop with { Image = new("mcr.microsoft.com/mssql/server", "2022-latest"), Memory = new(512) }, Front)
        },
        { "store: published port", Of(Shop, Front with { PublishedPort = null }) },
        { "shop-resource, front-resource: published port", Of(Shop with { PublishedPort = 80 }, Front) },
        { "shop-resource: port", Of(Shop with { Port = 70000 }, Front) },
        { "front-resource: reference", Of(Shop, Front with { Uses = ["elsewhere"] }) },
        { "front-resource: wait", Of(Shop with { Health = null }, Front) },
        { "shop-resource: environment variable", WithVariable(Variable.Literal("1ST", "x")) },
        { "shop-resource: environment property", WithVariable(
            Variable.Of(new("with-hyphen", "a name"))) with { Targets = ElasticBeanstalkTargets.Docker } },
        { "shop-resource: argument", Of(Shop with { Command = [new Argument([new PropertyPart(Secret)])] }, Front) },
        { "shop-resource: wait", Of(Shop with { RunsOnce = true }, Front) with { Targets = ElasticBeanstalkTargets.Ec2 } },
        { "shop-resource: bind mount", Of(
            Shop with { Mounts = [new BundleMount("mounts/a", "/a")] }, Front) with { Targets = ElasticBeanstalkTargets.Ec2 } },
        { "shop-resource: volume", Of(
            Shop with { Mounts = [new VolumeMount("a b", "/a")] }, Front) with { Targets = ElasticBeanstalkTargets.Docker } },
        { "store: memory limits", Of(Shop with { Memory = new(1024) }, Front) with { Platform = new PlatformSettings { Options = [
            new("aws:ec2:instances", "InstanceTypes", "m7i.large, t3.micro")] } } },
        { "store: architecture", WithOption("aws:ec2:instances", "InstanceTypes", "t3.small, m7g.medium") },
        { "store: architecture", WithOption(
            "aws:autoscaling:launchconfiguration", "InstanceType", "t3.small") with { Architecture = ElasticBeanstalkArchitecture.Arm64 } },
        { "store: architecture", WithOption(
            "aws:ec2:instances", "SupportedArchitectures", "x86_64") with { Architecture = ElasticBeanstalkArchitecture.Arm64 } },
        { "shop-resource: environment property", WithVariable(Variable.Of(new("NAME", "ends } early"))) },
        { "shop-resource: environment property", WithVariable(Variable.Of(new("NAME", "a name") { Default = "cost $1" })) },
        { "shop-resource: environment property", WithVariable(Variable.Of(Secret with { Default = "geheim" })) },
        { "shop-resource, front-resource: environment property", Of(
            Shop, Front with { Environment = [Variable.Of(Secret with { Description = "another token" })] }) },
        { "shop-resource: mount", Of(Shop with { Mounts = [new VolumeMount(
            "data", "/tmp")], Scratch = ["/tmp"] }, Front) with { Targets = ElasticBeanstalkTargets.Docker } },
        { "shop-resource: mount", Of(
            Shop with { Mounts = [new BundleMount("files/a$b", "/a$b")] }, Front) with { Targets = ElasticBeanstalkTargets.Docker } },
        { "front-resource: route", Valid with { Router = Router with { Routes = [
            new NginxRoute("/", "shop"), new NginxRoute("/late", "shop")] } } },
        { "front-resource: route", Valid with { Router = Router with { Routes = [new NginxRoute("/", "unknown")] } } },
        { "front-resource: route", Valid with { Router = Router with { Routes = [
            new NginxRoute("/", "shop") { PathRemovePrefix = "/api" }] } } },
        { "front-resource: route", Valid with { Router = Router with { Options = new NginxOptions { AlivePath = "/a;b" } } } },
        { "store: deployment policy", Valid with { Platform = new PlatformSettings { DeploymentPolicy = "Sometimes" } } },
        { "store: Docker configuration", Valid with { Platform = new PlatformSettings { DockerConfig = "bucket" } } },
        { "shop-resource: environment variable", WithVariable(
            new("ADDRESS", [new PropertyPart(Secret)])) with { Targets = ElasticBeanstalkTargets.EcsManaged } },
        { "shop-resource: environment variable", WithVariable(
            new("ADDRESS", [new TextPart("http://"), new PropertyPart(Secret)])) with { Targets = ElasticBeanstalkTargets.Ec2 } },
        { "shop-resource: volume", Of(Shop with { Mounts = [new VolumeMount("data", "/data")] }, Front) },
        { "shop-resource: memory limit", Of(Shop with { Memory = new(40_000) }, Front) },
    };

    [Fact]
    public void Find_SeveralPublishedPorts_NamesThem() => Assert.Equal(
        "shop-resource, front-resource: published port: exactly one service must publish a port, and it must be 80; shop has 80, front " +
        "has 80.",
        Assert.Single(BundleChecks.Find(Of(Shop with { PublishedPort = 80 }, Front))).ToString());

    [Fact]
    public void Find_ServicesThatWaitForEachOther_ReportsBoth()
    {
        var bundle = Of(Shop with { DependsOn = [new("front", DependencyCondition.Healthy)] }, Front with { Health = new HealthCheck(["alive"]) }) with { Targets = ElasticBeanstalkTargets.Docker };
        Assert.Equal(["shop-resource: wait", "front-resource: wait"], Concepts(BundleChecks.Find(bundle)));
    }

    [Theory]
    [MemberData(nameof(Questionable))]
    public void Find_QuestionableBundle_FindsAWarning(string problem, object bundle)
    {
        var found = Assert.Single(BundleChecks.Find((Bundle)bundle));
        Assert.Equal((problem, true), ($"{found.Resource}: {found.Concept}", found.IsWarning));
    }

    public static TheoryData<string, object> Questionable => new()
    {
        { "shop-resource: image", Of(Shop with { Image = new("registry.example.com/shop", null) }, Front) },
        { "shop-resource: image", Of(Shop with { Image = new("registry.example.com/shop", "latest") }, Front) },
        { "shop-resource: environment variable", WithVariable(Variable.Literal("DATABASE_PASSWORD", "geheim")) },
        { "shop-resource: port", Of(Shop with { FurtherPorts = [9090] }, Front) with { Targets = ElasticBeanstalkTargets.Ec2 } },
        { "front-resource: wait", Of(Shop, Front with { RunsOnce = true, DependsOn = [
            new("shop", DependencyCondition.Started)] }) with { Targets = ElasticBeanstalkTargets.Docker } },
        { "shop-resource: hardening", Of(Shop with { Hardened = true }, Front with { Hardened = true }) },
        { "shop-resource: volume", WithVolume with { Targets = ElasticBeanstalkTargets.Docker } },
        { "shop-resource: volume", WithVolume with { Targets = ElasticBeanstalkTargets.EcsManaged } },
    };

    [Theory]
    [InlineData("Immutable", "instance is replaced, as it is by every deployment with the policy Immutable: ")]
    [InlineData("AllAtOnce", "instance is replaced: ")]
    public void Find_Volume_SaysWhenItsDataIsLost(string policy, string expected)
    {
        var bundle = WithVolume with
        {
            Targets = ElasticBeanstalkTargets.Docker, Platform = new PlatformSettings { DeploymentPolicy = policy },
        };
        Assert.Contains(expected, Assert.Single(BundleChecks.Find(bundle)).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t3.small", 2048)]
    [InlineData("m7g.medium", 4096)]
    [InlineData("c6i.2xlarge", 16_384)]
    [InlineData("r5.large", 16_384)]
    [InlineData("mac1.metal", null)]
    [InlineData("hpc6a.48xlarge", null)]
    public void MemoryOf_InstanceType_IsThatOfItsName(string type, int? memory) => Assert.Equal(memory, InstanceType.MemoryOf(type)?.MiB);

    [Theory]
    [InlineData("t3.small", ElasticBeanstalkArchitecture.X64)]
    [InlineData("c7i-flex.large", ElasticBeanstalkArchitecture.X64)]
    [InlineData("g4dn.xlarge", ElasticBeanstalkArchitecture.X64)]
    [InlineData("gr6.4xlarge", ElasticBeanstalkArchitecture.X64)]
    [InlineData("t4g.small", ElasticBeanstalkArchitecture.Arm64)]
    [InlineData("c6gn.medium", ElasticBeanstalkArchitecture.Arm64)]
    [InlineData("m7gd.metal", ElasticBeanstalkArchitecture.Arm64)]
    [InlineData("is4gen.large", ElasticBeanstalkArchitecture.Arm64)]
    [InlineData("a1.large", ElasticBeanstalkArchitecture.Arm64)]
    [InlineData("mac2.metal", null)]
    [InlineData("u-6tb1.metal", null)]
    public void ArchitectureOf_InstanceType_IsThatOfItsName(string type, ElasticBeanstalkArchitecture? architecture) =>
        Assert.Equal(architecture, InstanceType.ArchitectureOf(type));

    private static Bundle WithVolume { get; } = Of(Shop with { Mounts = [new VolumeMount("data", "/data")] }, Front);

    private static Bundle WithOption(string space, string option, string value) =>
        Valid with { Platform = new PlatformSettings { Options = [new(space, option, value)] } };

    private static Bundle WithVariable(Variable variable) => Of(Shop with { Environment = [variable] }, Front);

    private static IEnumerable<string> Concepts(IEnumerable<Problem> problems) =>
        problems.Select(problem => $"{problem.Resource}: {problem.Concept}");
}
