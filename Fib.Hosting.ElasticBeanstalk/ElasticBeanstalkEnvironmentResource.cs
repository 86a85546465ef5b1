#pragma warning disable ASPIRECOMPUTE002 // Marked experimental in Aspire 13.6.
using Fib.Hosting.ElasticBeanstalk.Compose;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// An Elastic Beanstalk environment that an app model is published to, and the container registry of its built images. The configuration
/// section with the environment's name overrides each setting; in it, <c>Services:NAME:Memory</c> and <c>Services:NAME:Digest</c> override
/// a service's memory limit and image digest.
/// </summary>
public sealed class ElasticBeanstalkEnvironmentResource : Resource, IComputeEnvironmentResource, IContainerRegistry
{
    internal ElasticBeanstalkEnvironmentResource(string name) : base(name)
    {
    }

    /// <summary>
    /// The Beanstalk application, after which the zip, task families and directories are named: lower-case letters, digits and hyphens.
    /// </summary>
    public string Application { get; set; } = "app";

    /// <summary>
    /// The registry and path of the images, such as <c>123456789012.dkr.ecr.us-east-1.amazonaws.com/shop</c>. If empty, the images are in a
    /// registry of the app model, or already on the instance.
    /// </summary>
    public string Registry { get; set; } = "";

    /// <summary>The prefix of the names of built images.</summary>
    public string ImagePrefix { get; set; } = "";

    /// <summary>The version. If null, the output of <c>git describe --tags --always</c>; uncommitted changes are then an error.</summary>
    public string? Tag { get; set; }

    /// <summary>The platforms that the bundle is written for.</summary>
    public ElasticBeanstalkTargets Targets { get; set; } = ElasticBeanstalkTargets.Docker;

    /// <summary>The architecture of images, instances and tasks.</summary>
    public ElasticBeanstalkArchitecture Architecture { get; set; }

    /// <summary>The memory limit of every service without its own.</summary>
    public string MemoryLimit { get; set; } = "512m";

    /// <summary>Whether services are hardened by default; see <see cref="ElasticBeanstalkService.Hardened"/>.</summary>
    public bool Hardened { get; set; }

    /// <summary>
    /// The load balancer's health check path, which answers with 200; by default path and status of the WithHttpHealthCheck of the
    /// published endpoint, else <c>/</c>.
    /// </summary>
    public string? HealthCheckPath { get; set; }

    /// <summary>The value of Beanstalk's option DeploymentPolicy: how a new version replaces the old one.</summary>
    public string DeploymentPolicy { get; set; } = "Immutable";

    /// <summary>The retention of streamed logs in days.</summary>
    public int LogDays { get; set; } = 7;

    /// <summary>
    /// Whether instances log in to the registry of the built images with the properties REGISTRY_USER and REGISTRY_PASSWORD: for a private
    /// one. ECR needs no login. If no image is built, they log in to <see cref="Registry"/>.
    /// </summary>
    public bool RegistryLogin { get; set; }

    /// <summary>For a private registry on the ECS-managed platform: <c>bucket/key</c> of a Docker configuration in S3.</summary>
    public string? DockerConfig { get; set; }

    /// <summary>For a private registry on plain ECS: the Secrets Manager secret with user name and password.</summary>
    public string? RegistrySecret { get; set; }

    /// <summary>
    /// The role with which plain ECS pulls images and reads parameters: its ARN or name. With an ARN, the ECS-managed platform reads
    /// properties that are secrets with it.
    /// </summary>
    public string ExecutionRole { get; set; } = "ecsTaskExecutionRole";

    /// <summary>
    /// The region of the environment, and of the CloudWatch Logs of tasks on plain ECS. If null, the region that the AWS CLI is configured
    /// for.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>
    /// Optional properties that tasks on plain ECS read from Systems Manager, in addition to every required one: names separated by commas,
    /// such as <c>REDIS_PASSWORD,REDIS_TLS</c>.
    /// </summary>
    public string TaskParameters { get; set; } = "";

    /// <summary>
    /// The image that runs nginx, or its base image if <see cref="NginxOptions.BuildImage"/> is set: Debian, with nginx and bash.
    /// </summary>
    public string NginxBaseImage { get; set; } = "public.ecr.aws/docker/library/nginx:1.28-bookworm";

    /// <summary>The name of the Beanstalk environment; by default <c>application-name</c>, with the name of this resource.</summary>
    public string? EnvironmentName { get; set; }

    /// <summary>The bucket that bundles are uploaded to; null for the one that Elastic Beanstalk provides in the region.</summary>
    public string? BundleBucket { get; set; }

    /// <summary>The folder of that bucket; by default the application's name.</summary>
    public string? BundleFolder { get; set; }

    /// <summary>
    /// The existing source bundle that the step <c>deploy-bundle</c> deploys; its version label is <see cref="Tag"/>, by default the file
    /// name. If null, the step deploys an existing version of the application.
    /// </summary>
    public string? Bundle { get; set; }

    /// <summary>How long an update may take before it is aborted and rolled back.</summary>
    public TimeSpan DeployTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the new version may take to become Green once it runs.</summary>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The poll interval of a deployment.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The absolute http or https URL that must answer with success after a deployment; null for the health check path at the
    /// environment's address, empty for none.
    /// </summary>
    public string? SmokeUrl { get; set; }

    /// <summary>
    /// A program that tests the deployed application instead of one request: its argument is the address, exit code 0 means success.
    /// </summary>
    public string? SmokeProgram { get; set; }

    /// <summary>How long the application may take to answer the request with success.</summary>
    public TimeSpan SmokeTimeout { get; set; } = TimeSpan.FromMinutes(1);

    ReferenceExpression IContainerRegistry.Name => ReferenceExpression.Create($"{Name}");

    ReferenceExpression IContainerRegistry.Endpoint => ReferenceExpression.Create($"{Registry.TrimEnd('/')}");

    internal string Directory { get; init; } = "";

    /// <summary>The hash that Aspire's generated volume names contain; empty if unknown.</summary>
    internal string PathHash { get; init; } = "";

    internal string BeanstalkEnvironment => EnvironmentName is { Length: > 0 } name ? name : $"{Application}-{Name}";

    /// <summary>The version of the AppHost's directory in git; null until it is read.</summary>
    internal string? GitVersion { get; set; }

    /// <summary>The digests of pushed images, by repository and tag.</summary>
    internal Dictionary<string, string> PushedDigests { get; } = [];

    internal IConfiguration? Overrides { get; set; }

    /// <summary>Settings of the environment's configuration section that the AppHost reads itself.</summary>
    internal List<string> AppSettings { get; } = [];

    internal List<OptionSetting> Options { get; } = [];

    internal List<(string Path, string Source)> BundleFiles { get; } = [];

    internal Action<ComposeFile> ConfigureCompose { get; set; } = _ => { };

    /// <summary>The host name by which services of the bundle reach a resource.</summary>
    public ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference)
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        var service = ElasticBeanstalkService.Of(endpointReference.Resource);
        return ReferenceExpression.Create($"{service.Hostname ?? service.Name}");
    }
}
