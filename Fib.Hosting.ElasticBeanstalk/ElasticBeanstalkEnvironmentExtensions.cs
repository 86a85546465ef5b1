using System.Diagnostics.CodeAnalysis;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;
using Fib.Hosting.ElasticBeanstalk.Reading;
using EnvironmentBuilder = Aspire.Hosting.ApplicationModel.IResourceBuilder<Fib.Hosting.ElasticBeanstalk.ElasticBeanstalkEnvironmentResource>;

namespace Aspire.Hosting;

/// <summary>Adds an Elastic Beanstalk environment to an app model, and says what it is like.</summary>
public static class ElasticBeanstalkEnvironmentExtensions
{
    /// <summary>
    /// Adds an environment whose bundle <c>aspire publish</c> writes and <c>aspire deploy</c> deploys. Configuration below the environment's name overrides what
    /// the AppHost says: <c>--eb:Tag 1.0</c> on the command line, <c>eb__Tag</c> as environment variable; see <see cref="ElasticBeanstalkEnvironmentResource"/>.
    /// In run mode it is not part of the model.
    /// </summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">The environment's name, and that of its section in the configuration.</param>
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
        return builder.AddResource(environment);
    }

    /// <summary>Changes settings of the environment.</summary>
    public static EnvironmentBuilder WithProperties(this EnvironmentBuilder builder, Action<ElasticBeanstalkEnvironmentResource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Names the Beanstalk application, and with it the zip: lower-case letters, digits and hyphens.</summary>
    public static EnvironmentBuilder WithApplication(this EnvironmentBuilder builder, string application) =>
        builder.WithProperties(environment => environment.Application = application);

    /// <summary>Names the region of the environment, such as <c>us-east-1</c>.</summary>
    public static EnvironmentBuilder WithRegion(this EnvironmentBuilder builder, string region) =>
        builder.WithProperties(environment => environment.Region = region);

    /// <summary>Names the bucket that bundles are uploaded to; by default the one that Elastic Beanstalk keeps in the region.</summary>
    public static EnvironmentBuilder WithBundleBucket(this EnvironmentBuilder builder, string bucket) =>
        builder.WithProperties(environment => environment.BundleBucket = bucket);

    /// <summary>
    /// Has images pushed to Amazon ECR: <c>aspire do push</c> makes the repositories and logs in, and a deployment names images by their digests.
    /// </summary>
    /// <param name="builder">The environment.</param>
    /// <param name="account">The AWS account: 12 digits.</param>
    /// <param name="region">The region of the registry, and of the environment unless it names another.</param>
    /// <param name="path">What the repositories' names begin with, such as <c>shop</c>; empty for nothing.</param>
    public static EnvironmentBuilder WithEcr(this EnvironmentBuilder builder, string account, string region, string path = "") => builder.WithProperties(environment =>
    {
        environment.Registry = $"{account}.dkr.ecr.{region}.amazonaws.com/{path}".TrimEnd('/');
        environment.Region ??= region;
    });

    /// <summary>Chooses the platforms that the bundle is written for; the Docker platform alone by default.</summary>
    public static EnvironmentBuilder WithTargets(this EnvironmentBuilder builder, ElasticBeanstalkTargets targets) =>
        builder.WithProperties(environment => environment.Targets = targets);

    /// <summary>Chooses what images are built for, and what the instances and tasks are; x86-64 by default.</summary>
    public static EnvironmentBuilder WithArchitecture(this EnvironmentBuilder builder, ElasticBeanstalkArchitecture architecture) =>
        builder.WithProperties(environment => environment.Architecture = architecture);

    /// <summary>
    /// Hardens every service that does not say otherwise: a read-only root file system, no capabilities, no new privileges, <c>/tmp</c> in memory, and for .NET a
    /// user of its own and half of its memory limit as heap.
    /// </summary>
    public static EnvironmentBuilder WithHardening(this EnvironmentBuilder builder) => builder.WithProperties(environment => environment.Hardened = true);

    /// <summary>Sets a configuration option of the Beanstalk environment, such as <c>aws:autoscaling:asg</c>, <c>MinSize</c>, <c>2</c>.</summary>
    public static EnvironmentBuilder WithOptionSetting(this EnvironmentBuilder builder, string @namespace, string option, string value) =>
        builder.WithProperties(environment => environment.Options.Add(new OptionSetting(@namespace, option, value)));

    /// <summary>Adds a file to the bundle; a program where its path begins with <c>.platform/</c>.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="path">Its path in the bundle, with slashes, such as <c>.platform/hooks/postdeploy/50_warm_up.sh</c>.</param>
    /// <param name="source">The file, relative to the AppHost's directory.</param>
    public static EnvironmentBuilder WithBundleFile(this EnvironmentBuilder builder, string path, string source) =>
        builder.WithProperties(environment => environment.BundleFiles.Add((path, source)));

    /// <summary>Names settings below the environment's name that the AppHost reads itself; other settings that the environment does not know are errors.</summary>
    public static EnvironmentBuilder WithAppSettings(this EnvironmentBuilder builder, params IReadOnlyList<string> names) =>
        builder.WithProperties(environment => environment.AppSettings.AddRange(names));

    /// <summary>Changes docker-compose.yml before it is written.</summary>
    [Experimental("FIBELASTICBEANSTALK001")]
    public static EnvironmentBuilder ConfigureComposeFile(this EnvironmentBuilder builder, Action<ComposeFile> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithProperties(environment => environment.ConfigureCompose += configure);
    }

    /// <summary>Puts an nginx in front of the services, which publishes the instance's one port.</summary>
    /// <param name="builder">The environment.</param>
    /// <param name="routes">The first that matches answers.</param>
    /// <param name="options">Changes how nginx behaves; called when the bundle is written.</param>
    public static EnvironmentBuilder PublishAsNginx(this EnvironmentBuilder builder, IReadOnlyList<NginxRoute> routes, Action<NginxOptions>? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(routes);
        return builder.WithAnnotation(new NginxAnnotation(routes, options));
    }
}
