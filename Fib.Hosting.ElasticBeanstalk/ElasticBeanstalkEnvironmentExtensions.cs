using Fib.Hosting.ElasticBeanstalk;

namespace Aspire.Hosting;

/// <summary>Adds an Elastic Beanstalk environment to an app model, and says what it is like.</summary>
public static class ElasticBeanstalkEnvironmentExtensions
{
    /// <summary>
    /// Adds an environment whose bundle <c>aspire publish</c> writes. Configuration below the environment's name overrides what the AppHost says:
    /// <c>--eb:Tag 1.0</c> on the command line, <c>eb__Tag</c> as environment variable; see <see cref="ElasticBeanstalkEnvironmentResource"/>.
    /// In run mode it is not part of the model.
    /// </summary>
    /// <param name="builder">The app model.</param>
    /// <param name="name">The environment's name, and that of its section in the configuration.</param>
    public static IResourceBuilder<ElasticBeanstalkEnvironmentResource> AddElasticBeanstalkEnvironment(this IDistributedApplicationBuilder builder, [ResourceName] string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new ElasticBeanstalkEnvironmentResource(name)
        {
            Directory = builder.AppHostDirectory,
            Overrides = builder.Configuration.GetSection(name),
        };
        return builder.ExecutionContext.IsPublishMode ? builder.AddResource(environment) : builder.CreateResourceBuilder(environment);
    }

    /// <summary>Changes settings of the environment.</summary>
    public static IResourceBuilder<ElasticBeanstalkEnvironmentResource> WithProperties(
        this IResourceBuilder<ElasticBeanstalkEnvironmentResource> builder, Action<ElasticBeanstalkEnvironmentResource> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Chooses the platforms that the bundle is written for; the Docker platform alone by default.</summary>
    public static IResourceBuilder<ElasticBeanstalkEnvironmentResource> WithTargets(
        this IResourceBuilder<ElasticBeanstalkEnvironmentResource> builder, ElasticBeanstalkTargets targets) =>
        builder.WithProperties(environment => environment.Targets = targets);
}
