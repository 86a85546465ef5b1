using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>The templates use the same names as the bundle of the publisher's golden files.</summary>
public partial class AgreementTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");
    private static readonly Template Ecs = Template.Load("ecs-infrastructure.yaml");

    /// <summary>The golden bundle's application is fib; an ECS environment's application is ENVIRONMENT-fib.</summary>
    private const string Application = "${Environment}-fib";

    private static readonly string[] Names = ["client", "nginx", "server", "worker"];

    public static readonly TheoryData<string> Services = [.. Names];

    [Fact]
    public void Environment_Properties_MatchTheBundle()
    {
        var required = File.ReadLines(Golden("ENVIRONMENT.md")).Select(line => PropertyRow().Match(line)).Where(row => row.Success)
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups["required"].Value == "yes");
        string[] namespaces = ["aws:elasticbeanstalk:application:environment", "aws:elasticbeanstalk:application:environmentsecrets"];
        var provided = namespaces.SelectMany(Options).ToList();
        Assert.Equal(provided.Count, provided.Distinct().Count());
        Assert.Empty(provided.Except(required.Keys));
        Assert.Empty(required.Where(property => property.Value).Select(property => property.Key).Except(provided));
        Assert.Equal(["PGSSLROOTCERT"], required.Keys.Except(provided));
    }

    [Fact]
    public void Environment_Secrets_MatchTheBundle() => Assert.Equal(
        File.ReadLines(Golden("ENVIRONMENT.md")).Where(line => line.Contains(", secret |", StringComparison.Ordinal))
            .Select(line => PropertyRow().Match(line).Groups["name"].Value),
        Options("aws:elasticbeanstalk:application:environmentsecrets"));

    /// <summary>An option of the environment takes precedence over the bundle's.</summary>
    [Fact]
    public void Environment_Options_DoNotOverrideTheBundle()
    {
        var bundle = YamlTree.Read(File.ReadAllText(Golden(".ebextensions/environment.config")))["option_settings"]!.AsObject()
            .SelectMany(space => space.Value!.AsObject().Select(option => $"{space.Key} {option.Key}")).ToList();
        Assert.Contains("aws:elasticbeanstalk:environment:process:default HealthCheckPath", bundle);
        var environment = Settings().Select(option => $"{option["Namespace"]} {option["OptionName"]}");
        Assert.Equal(["aws:elasticbeanstalk:healthreporting:system SystemType"], bundle.Intersect(environment));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_NameFamilyAndPort_MatchTheTaskDefinition(string name)
    {
        var definition = Json($"ecs/ec2/{name}.json");
        var service = Service(name);
        var family = $"{Application}-{name}";
        Assert.Equal(definition["family"]!.ToString(), $"fib-{name}");
        Assert.Equal((family, family), (Text(service["ServiceName"]), Text(service["TaskDefinition"])));

        var placeholder = Ecs.OfType("AWS::ECS::TaskDefinition").Select(Ecs.Properties).Single(task => Text(task["Family"]) == family);
        var container = placeholder["ContainerDefinitions"]![0]!;
        var port = Assert.Single(container["PortMappings"]!.AsArray())!;
        var published = definition["containerDefinitions"]![0]!["portMappings"]![0]!;
        Assert.Equal(definition["containerDefinitions"]![0]!["name"]!.ToString(), container["Name"]!.ToString());
        Assert.Equal(definition["networkMode"]!.ToString(), placeholder["NetworkMode"]!.ToString());
        Assert.Equal(
            (published["name"]!.ToString(), published["containerPort"]!.ToString(), published["hostPort"]!.ToString()),
            (port["Name"]!.ToString(), port["ContainerPort"]!.ToString(), port["HostPort"]!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_Connection_MatchesTheBundle(string name)
    {
        var service = Service(name)["ServiceConnectConfiguration"];
        if (!File.Exists(Golden($"ecs/service-connect/{name}.json")))
        {
            Assert.Null(service);
            return;
        }

        var expected = Json($"ecs/service-connect/{name}.json");
        Assert.Equal("fib", expected["namespace"]!.ToString());
        Assert.Equal(Application, Text(Ecs.Properties("Namespace")["Name"]));
        Assert.Equal("Namespace", service!["Namespace"]!["Fn::GetAtt"]![0]!.ToString());
        // CloudFormation's property names start with a capital letter.
        Assert.Equal(
            (expected["services"] ?? new JsonArray()).ToJsonString(), (service["Services"] ?? new JsonArray()).ToJsonString(),
            ignoreCase: true, ignoreAllWhiteSpace: true);
    }

    [Fact]
    public void Parameters_LogGroupRoleAndRouter_MatchTheTaskDefinitions()
    {
        var secrets = Names.SelectMany(name => Json($"ecs/ec2/{name}.json")["containerDefinitions"]![0]!["secrets"]?.AsArray() ?? [])
            .Select(secret => secret!["valueFrom"]!.ToString()).Distinct();
        var created = Ecs.OfType("AWS::SSM::Parameter").Select(parameter =>
            Text(Ecs.Properties(parameter)["Name"]).Replace(Application, "fib", StringComparison.Ordinal));
        // CloudFormation cannot create a SecureString; REDIS_TLS is an optional property.
        Assert.Equal(secrets.Except(["/fib/PGPASSWORD"]).Append("/fib/REDIS_TLS").Order(), created.Order());
        var settings = File.ReadLines(Path.Combine(Repository.Root, "deploy", "lib", "settings.sh"));
        Assert.Contains($"ECS_EXECUTION_ROLE|{Ecs.Parameters["ExecutionRoleName"]!["Default"]}", settings);
        Assert.Equal($"/ecs/{Application}", Text(Ecs.Properties("Logs")["LogGroupName"]));

        var target = Assert.Single(Service("nginx")["LoadBalancers"]!.AsArray())!;
        Assert.Equal(("nginx", "80"), (target["ContainerName"]!.ToString(), target["ContainerPort"]!.ToString()));
        Assert.All(Names.Except(["nginx"]), name => Assert.Null(Service(name)["LoadBalancers"]));
    }

    /// <summary>The policies allow every AWS call of the scripts and the publisher, and no Beanstalk action that is not called.</summary>
    [Fact]
    public void Scripts_Calls_AreAllowed()
    {
        var scripts = Directory.GetFiles(Path.Combine(Repository.Root, "deploy"), "*.sh", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith("newest-platform.sh", StringComparison.Ordinal));
        var calls = scripts.SelectMany(File.ReadLines).SelectMany(line => Call().Matches(line))
            .Select(call => $"{Service(call)}:{Pascal(call.Groups["operation"].Value)}").Concat(PublisherCalls()).Distinct().ToList();
        JsonNode?[] policies = [Beanstalk.Resources["DeployerPolicy"], Ecs.Resources["PushPolicy"], Ecs.Resources["DeployPolicy"]];
        var allowed = policies.SelectMany(PolicyCheck.Statements).SelectMany(PolicyCheck.Actions).ToHashSet();
        Assert.Empty(calls.Except(allowed));
        Assert.Empty(allowed.Where(action => action.StartsWith("elasticbeanstalk:", StringComparison.Ordinal)).Except(calls));
    }

    /// <summary>The Beanstalk calls of the step deploy-bundle. The pipeline sets a bucket, and terminates nothing.</summary>
    private static IEnumerable<string> PublisherCalls()
    {
        var client = Path.Combine(Repository.Root, "Fib.Hosting.ElasticBeanstalk", "Deploying", "BeanstalkClient.cs");
        return Operation().Matches(File.ReadAllText(client)).Select(match => match.Groups["operation"].Value)
            .Except(["create-storage-location", "terminate-environment"]).Select(operation => $"elasticbeanstalk:{Pascal(operation)}");
    }

    private static string Service(Match call) =>
        call.Groups["service"].Value is { Length: > 0 } service ? service : "elasticbeanstalk";

    private static string Pascal(string operation) =>
        operation == "get-login-password"
            ? "GetAuthorizationToken"
            : string.Concat(operation.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static JsonObject Service(string name) => Ecs.OfType("AWS::ECS::Service").Select(Ecs.Properties)
        .Single(service => Text(service["ServiceName"]).EndsWith($"-{name}", StringComparison.Ordinal));

    private static IEnumerable<JsonNode> Settings() => Beanstalk.Properties("Environment")["OptionSettings"]!.AsArray()
        .Select(option => (Calls.Choices(option)?.First() ?? option)!);

    private static IEnumerable<string> Options(string space) => Settings()
        .Where(option => option["Namespace"]!.ToString() == space).Select(option => option["OptionName"]!.ToString());

    private static string Text(JsonNode? node) => node?["Fn::Sub"]?.ToString() ?? node!.ToString();

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(Golden(path)))!;

    private static string Golden(string path) => Path.Combine(Repository.Root, "Fib.Tests", "Publishing", "Golden", "default", path);

    [GeneratedRegex(@"^\| `(?<name>[A-Z_]+)` \| .* \| (?<required>yes|no) \|")]
    private static partial Regex PropertyRow();

    [GeneratedRegex("\"(?<operation>[a-z]+(-[a-z]+)+)\"")]
    private static partial Regex Operation();

    [GeneratedRegex(@"\b(call (?<service>ecs|ecr|cloudformation)|beanstalk|environment|elasticbeanstalk) (?<operation>[a-z]+(-[a-z]+)+)")]
    private static partial Regex Call();
}
