using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.AppHost.Publishing.Reading;
using Fib.AppHost.Routing;
using Microsoft.Extensions.Configuration;

namespace Fib.AppHost.Publishing;

/// <summary>Publishes an app model as a bundle for Elastic Beanstalk's Docker platforms, and as task definitions for ECS.</summary>
public static class ElasticBeanstalkExtensions
{
    /// <summary>
    /// Adds an environment whose bundle <c>aspire publish</c> writes. Configuration below the environment's name overrides what the AppHost says:
    /// <c>--beanstalk:Tag 1.0</c> on the command line, <c>Beanstalk__Tag</c> as environment variable; see <see cref="ElasticBeanstalkEnvironmentResource"/>.
    /// In run mode it is not part of the model.
    /// </summary>
    public static IResourceBuilder<ElasticBeanstalkEnvironmentResource> AddElasticBeanstalkEnvironment(this IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var environment = new ElasticBeanstalkEnvironmentResource(name) { Directory = builder.AppHostDirectory };
        environment.Overrides = builder.Configuration.GetSection(name);
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

    /// <summary>Deploys a project or a container as a service of the bundle.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Says how; called when the bundle is written.</param>
    public static IResourceBuilder<T> PublishAsBeanstalkService<T>(this IResourceBuilder<T> builder, Action<BeanstalkService> configure) where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.WithAnnotation(new BeanstalkServiceAnnotation(configure));
    }

    /// <summary>Puts an nginx with the same routes in the place of a router of the app model. Its image is built from the output's folder <c>nginx</c>.</summary>
    /// <param name="builder">The router that only runs in development.</param>
    /// <param name="routes">What it routes where; each service named there is a resource that is deployed.</param>
    /// <param name="configure">Says how; called when the bundle is written. Port 80 is published unless it says otherwise.</param>
    public static IResourceBuilder<T> PublishAsNginx<T>(this IResourceBuilder<T> builder, RouteTable routes, Action<BeanstalkService> configure) where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(routes);
        return builder.PublishAsBeanstalkService(configure).WithAnnotation(new NginxAnnotation(routes));
    }

    /// <summary>
    /// Leaves a store out of the bundle: it exists already, such as RDS or ElastiCache. Whoever refers to it gets these properties instead of its connection string.
    /// Where it is deployed with the bundle all the same (<see cref="PublishAsBeanstalkService"/>), they get what each property says is <see cref="EnvironmentProperty.Included"/>.
    /// </summary>
    public static IResourceBuilder<T> PublishAsEnvironmentProperties<T>(this IResourceBuilder<T> builder, params IReadOnlyList<EnvironmentProperty> properties)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new EnvironmentPropertiesAnnotation(properties));
    }
}
