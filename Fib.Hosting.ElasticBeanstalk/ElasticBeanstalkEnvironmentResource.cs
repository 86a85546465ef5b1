#pragma warning disable ASPIREPIPELINES001, ASPIRECOMPUTE002 // Both are marked experimental in Aspire 13.5.
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Reading;
using Microsoft.Extensions.Configuration;

namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// An Elastic Beanstalk environment that an app model is published for. Each setting, and with <c>Services:NAME:Memory</c> and <c>Services:NAME:Digest</c>
/// each service's memory limit and image digest, can be overridden by configuration below the environment's name.
/// </summary>
public sealed class ElasticBeanstalkEnvironmentResource : Resource, IComputeEnvironmentResource
{
    /// <summary>An environment; its name is that of its section in the configuration.</summary>
    public ElasticBeanstalkEnvironmentResource(string name) : base(name)
    {
        Annotations.Add(new PipelineStepAnnotation(_ => PipelineSteps.Of(this)));
    }

    /// <summary>Names the zip, the task families and directories; lower-case letters, digits and hyphens.</summary>
    public string Application { get; set; } = "app";

    /// <summary>The registry and path below which the images are, such as <c>123456789012.dkr.ecr.us-east-1.amazonaws.com</c>. Empty: on the instance already.</summary>
    public string Registry { get; set; } = "";

    /// <summary>What the names of built images begin with.</summary>
    public string ImagePrefix { get; set; } = "";

    /// <summary>The version. Null takes what <c>git describe --tags --always</c> says, and refuses a tree with uncommitted changes.</summary>
    public string? Tag { get; set; }

    /// <summary>The platforms that the bundle is written for.</summary>
    public ElasticBeanstalkTargets Targets { get; set; } = ElasticBeanstalkTargets.Docker;

    /// <summary>The path that the load balancer asks.</summary>
    public string HealthCheckPath { get; set; } = "/";

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

    /// <summary>The region whose CloudWatch Logs take the output of tasks on plain ECS; null leaves it to the instance.</summary>
    public string? Region { get; set; }

    /// <summary>
    /// Optional properties that tasks on plain ECS read from Systems Manager, as they read every required one: names separated by commas, such as <c>REDIS_PASSWORD,REDIS_TLS</c>.
    /// </summary>
    public string TaskParameters { get; set; } = "";

    /// <summary>What nginx's image is built on: Debian, with nginx and bash.</summary>
    public string NginxBaseImage { get; set; } = "public.ecr.aws/docker/library/nginx:1.28-bookworm";

    /// <summary>What deploys the bundle; <c>aspire deploy</c> writes the bundle and names it.</summary>
    public string DeployScript { get; set; } = "deploy/beanstalk.sh";

    /// <summary>A file to write the path of the zip to once the whole bundle is there; null for none. Aspire's host ends with exit code 0 also when a step fails.</summary>
    public string? Receipt { get; set; }

    internal string Directory { get; init; } = "";

    internal IConfiguration? Overrides { get; set; }

    /// <summary>The host name under which the services of the bundle reach a resource.</summary>
    public ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference)
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        var service = ServiceReader.Configure(endpointReference.Resource);
        return ReferenceExpression.Create($"{service?.Hostname ?? service?.Name ?? endpointReference.Resource.Name}");
    }
}
