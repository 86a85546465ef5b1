#pragma warning disable ASPIREPIPELINES001 // Marked experimental in Aspire 13.6.
using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.Pipelines;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Compose;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using EnvironmentBuilder = Aspire.Hosting.ApplicationModel.IResourceBuilder<Fib.Hosting.ElasticBeanstalk.ElasticBeanstalkEnvironmentResource>;

namespace Aspire.Hosting;

/// <summary>Adds an Elastic Beanstalk environment to an app model and configures it.</summary>
public static class ElasticBeanstalkEnvironmentExtensions
{
    /// <summary>
    /// Adds an environment whose bundle <c>aspire publish</c> writes and <c>aspire deploy</c> deploys. The configuration section with the
    /// environment's name overrides the settings of the AppHost: <c>--eb:Tag 1.0</c> on the command line, <c>eb__Tag</c> as environment
    /// variable; see <see cref="ElasticBeanstalkEnvironmentResource"/>. In run mode the environment is not part of the model.
    /// </summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">The environment's name, which is also the name of its configuration section.</param>
    public static EnvironmentBuilder AddElasticBeanstalkEnvironment(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new ElasticBeanstalkEnvironmentResource(name)
        {
            Directory = builder.AppHostDirectory,
            PathHash = builder.Configuration["AppHost:Sha256"] is { Length: >= 10 } hash ? hash[..10].ToLowerInvariant() : "",
            Overrides = builder.Configuration.GetSection(name),
        };
        if (!builder.ExecutionContext.IsPublishMode)
            return builder.CreateResourceBuilder(environment);
        PipelineOutcome.Report(builder);
        return builder.AddResource(environment).WithAnnotation(new PipelineStepAnnotation(_ => PipelineSteps.Of(environment)));
    }

    /// <summary>Changes settings of the environment.</summary>
    public static EnvironmentBuilder WithProperties(this EnvironmentBuilder builder, Action<ElasticBeanstalkEnvironmentResource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Sets the name of the Beanstalk application and of the zip: lower-case letters, digits and hyphens.</summary>
    public static EnvironmentBuilder WithApplication(this EnvironmentBuilder builder, string application) =>
        builder.WithProperties(environment => environment.Application = application);

    /// <summary>Sets the region of the environment, such as <c>us-east-1</c>.</summary>
    public static EnvironmentBuilder WithRegion(this EnvironmentBuilder builder, string region) =>
        builder.WithProperties(environment => environment.Region = region);

    /// <summary>Sets the bucket that bundles are uploaded to; by default the one that Elastic Beanstalk provides in the region.</summary>
    public static EnvironmentBuilder WithBundleBucket(this EnvironmentBuilder builder, string bucket) =>
        builder.WithProperties(environment => environment.BundleBucket = bucket);

    /// <summary>
    /// Pushes images to Amazon ECR: <c>aspire do push</c> creates the repositories and logs in, and a deployment references images by
    /// digest.
    /// </summary>
    /// <param name="builder">The environment.</param>
    /// <param name="account">The AWS account: 12 digits.</param>
    /// <param name="region">The region of the registry, and of the environment unless it has its own.</param>
    /// <param name="path">The prefix of the repositories' names, such as <c>shop</c>; empty for none.</param>
    public static EnvironmentBuilder WithEcr(this EnvironmentBuilder builder, string account, string region, string path = "") =>
        builder.WithProperties(environment =>
        {
            environment.Registry = $"{account}.dkr.ecr.{region}.amazonaws.com/{path}".TrimEnd('/');
            environment.Region ??= region;
        });

    /// <summary>Sets the platforms that the bundle is written for; by default only the Docker platform.</summary>
    public static EnvironmentBuilder WithTargets(this EnvironmentBuilder builder, ElasticBeanstalkTargets targets) =>
        builder.WithProperties(environment => environment.Targets = targets);

    /// <summary>Sets the architecture of the images, instances and tasks; x86-64 by default.</summary>
    public static EnvironmentBuilder WithArchitecture(this EnvironmentBuilder builder, ElasticBeanstalkArchitecture architecture) =>
        builder.WithProperties(environment => environment.Architecture = architecture);

    /// <summary>
    /// Hardens every service that does not opt out: a read-only root file system, no capabilities, no new privileges, <c>/tmp</c> in
    /// memory, and for .NET a user other than root and half of the memory limit as heap.
    /// </summary>
    public static EnvironmentBuilder WithHardening(this EnvironmentBuilder builder) =>
        builder.WithProperties(environment => environment.Hardened = true);

    /// <summary>
    /// Sets a configuration option of the Beanstalk environment, such as <c>aws:autoscaling:asg</c>, <c>MinSize</c>, <c>2</c>.
    /// </summary>
    public static EnvironmentBuilder WithOptionSetting(this EnvironmentBuilder builder, string @namespace, string option, string value) =>
        builder.WithProperties(environment => environment.Options.Add(new OptionSetting(@namespace, option, value)));

    /// <summary>Adds a file to the bundle; it is executable if its path begins with <c>.platform/</c>.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="path">Its path in the bundle, with slashes, such as <c>.platform/hooks/postdeploy/50_warm_up.sh</c>.</param>
    /// <param name="source">The file, relative to the AppHost's directory.</param>
    public static EnvironmentBuilder WithBundleFile(this EnvironmentBuilder builder, string path, string source) =>
        builder.WithProperties(environment => environment.BundleFiles.Add((path, source)));

    /// <summary>
    /// Declares settings of the environment's configuration section that the AppHost reads itself; any other unknown setting is an error.
    /// </summary>
    public static EnvironmentBuilder WithAppSettings(this EnvironmentBuilder builder, params IReadOnlyList<string> names) =>
        builder.WithProperties(environment => environment.AppSettings.AddRange(names));

    /// <summary>Changes docker-compose.yml before it is written.</summary>
    [Experimental("FIBELASTICBEANSTALK001")]
    public static EnvironmentBuilder ConfigureComposeFile(this EnvironmentBuilder builder, Action<ComposeFile> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithProperties(environment => environment.ConfigureCompose += configure);
    }

    /// <summary>Adds an nginx in front of the services; it publishes the instance's only port.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="routes">The routes; the first match is used.</param>
    /// <param name="options">Configures nginx; called when the bundle is written.</param>
    public static EnvironmentBuilder PublishAsNginx(
        this EnvironmentBuilder builder, IReadOnlyList<NginxRoute> routes, Action<NginxOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(routes);
        return builder.WithAnnotation(new NginxAnnotation(routes, options));
    }
}
