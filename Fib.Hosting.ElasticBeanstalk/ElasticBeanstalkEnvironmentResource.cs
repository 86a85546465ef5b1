#pragma warning disable ASPIREPIPELINES001, ASPIRECOMPUTE002 // Both are marked experimental in Aspire 13.6.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// An Elastic Beanstalk environment that an app model is published for, and the container registry of what is built for it. Each setting, and with
/// <c>Services:NAME:Memory</c> and <c>Services:NAME:Digest</c> each service's memory limit and image digest, can be overridden by configuration below the
/// environment's name.
/// </summary>
public sealed class ElasticBeanstalkEnvironmentResource : Resource, IComputeEnvironmentResource, IContainerRegistry
{
    private GitVersion? _version;

    /// <summary>An environment; its name is that of its section in the configuration.</summary>
    public ElasticBeanstalkEnvironmentResource(string name) : base(name)
    {
        Annotations.Add(new PipelineStepAnnotation(_ => PipelineSteps.Of(this)));
    }

    /// <summary>The Beanstalk application; names the zip, the task families and directories: lower-case letters, digits and hyphens.</summary>
    public string Application { get; set; } = "app";

    /// <summary>The registry and path below which the images are, such as <c>123456789012.dkr.ecr.us-east-1.amazonaws.com/shop</c>. Empty: a registry of the app model, or on the instance already.</summary>
    public string Registry { get; set; } = "";

    /// <summary>What the names of built images begin with.</summary>
    public string ImagePrefix { get; set; } = "";

    /// <summary>The version. Null takes what <c>git describe --tags --always</c> says, and refuses a tree with uncommitted changes.</summary>
    public string? Tag { get; set; }

    /// <summary>The platforms that the bundle is written for.</summary>
    public ElasticBeanstalkTargets Targets { get; set; } = ElasticBeanstalkTargets.Docker;

    /// <summary>What images are built for, and what the instances and tasks are.</summary>
    public ElasticBeanstalkArchitecture Architecture { get; set; }

    /// <summary>The memory limit of every service that names none.</summary>
    public string MemoryLimit { get; set; } = "512m";

    /// <summary>Whether services are hardened that do not say otherwise; see <see cref="ElasticBeanstalkService.Hardened"/>.</summary>
    public bool Hardened { get; set; }

    /// <summary>The path that the load balancer asks; by default that of the external service's WithHttpHealthCheck, else <c>/</c>.</summary>
    public string? HealthCheckPath { get; set; }

    /// <summary>How a new version replaces the old one: a value of Beanstalk's option DeploymentPolicy.</summary>
    public string DeploymentPolicy { get; set; } = "Immutable";

    /// <summary>Days that streamed logs are kept.</summary>
    public int LogDays { get; set; } = 7;

    /// <summary>Whether instances log in to a private registry with the properties REGISTRY_USER and REGISTRY_PASSWORD. ECR needs no login.</summary>
    public bool RegistryLogin { get; set; }

    /// <summary>For a private registry on the ECS-managed platform: <c>bucket/key</c> of a Docker configuration in S3.</summary>
    public string? DockerConfig { get; set; }

    /// <summary>For a private registry on plain ECS: the Secrets Manager secret with user name and password.</summary>
    public string? RegistrySecret { get; set; }

    /// <summary>The role with which plain ECS pulls images and reads parameters: its ARN or name.</summary>
    public string ExecutionRole { get; set; } = "ecsTaskExecutionRole";

    /// <summary>The region of the environment; also that whose CloudWatch Logs take the output of tasks on plain ECS. Null: as the AWS program is configured.</summary>
    public string? Region { get; set; }

    /// <summary>
    /// Optional properties that tasks on plain ECS read from Systems Manager, as they read every required one: names separated by commas, such as <c>REDIS_PASSWORD,REDIS_TLS</c>.
    /// </summary>
    public string TaskParameters { get; set; } = "";

    /// <summary>nginx's image, or what it is built on: Debian, with nginx and bash.</summary>
    public string NginxBaseImage { get; set; } = "public.ecr.aws/docker/library/nginx:1.28-bookworm";

    /// <summary>The Beanstalk environment that is deployed to; by default <c>application-name</c>, with the name of this resource.</summary>
    public string? EnvironmentName { get; set; }

    /// <summary>The bucket that bundles are uploaded to; null for the one that Elastic Beanstalk keeps in the region.</summary>
    public string? BundleBucket { get; set; }

    /// <summary>The folder of that bucket; by default the application's name.</summary>
    public string? BundleFolder { get; set; }

    /// <summary>
    /// The source bundle that the step <c>deploy-bundle</c> deploys, written before or elsewhere; its version label is <see cref="Tag"/>, by default its name.
    /// Null: a version that the application has already.
    /// </summary>
    public string? Bundle { get; set; }

    /// <summary>How long an update may take before it is aborted and rolled back.</summary>
    public TimeSpan DeployTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the new version may take to become Green once it runs.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The time between two looks at the environment during a deployment.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The page that must answer with success after a deployment; null for the health check path of the environment's own address, empty for none.</summary>
    public string? SmokeUrl { get; set; }

    /// <summary>A program that tests the deployed application in place of that page: it is given the address, and ends with 0 where the application works.</summary>
    public string? SmokeProgram { get; set; }

    /// <summary>How long that page may take to do so.</summary>
    public TimeSpan SmokeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    ReferenceExpression IContainerRegistry.Name => ReferenceExpression.Create($"{Name}");

    ReferenceExpression IContainerRegistry.Endpoint => ReferenceExpression.Create($"{Registry.TrimEnd('/')}");

    internal string Directory { get; init; } = "";

    /// <summary>What Aspire's generated volume names contain; empty where it is unknown.</summary>
    internal string PathHash { get; init; } = "";

    internal string BeanstalkEnvironment => EnvironmentName is { Length: > 0 } name ? name : $"{Application}-{Name}";

    internal IAws Aws => field ??= new AwsProgram(Region);

    /// <summary>The digests of pushed images, by repository and tag.</summary>
    internal Dictionary<string, string> PushedDigests { get; } = [];

    internal IConfiguration? Overrides { get; set; }

    /// <summary>Settings below the environment's name that the AppHost reads itself.</summary>
    internal List<string> AppSettings { get; } = [];

    internal List<OptionSetting> Options { get; } = [];

    internal List<(string Path, string Source)> BundleFiles { get; } = [];

    internal Action<ComposeFile> ConfigureCompose { get; set; } = _ => { };

    /// <summary>The host name under which the services of the bundle reach a resource.</summary>
    public ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference)
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return ReferenceExpression.Create($"{ServiceReader.Configure(endpointReference.Resource, this).Hostname}");
    }

    /// <summary>The version: <see cref="Tag"/>, or what git says of the AppHost's directory.</summary>
    internal async Task<GitVersion> VersionAsync(CancellationToken cancellationToken) =>
        Tag is { Length: > 0 } tag ? new GitVersion(tag, null) : _version ??= await GitVersion.ReadAsync(Name, Directory, cancellationToken);
}
