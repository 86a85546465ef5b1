using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Aspire.Hosting;

/// <summary>Publishes resources of an app model as services of an Elastic Beanstalk bundle.</summary>
public static class ElasticBeanstalkExtensions
{
    /// <summary>Deploys a project or a container as a service of the bundle.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes how; called when the bundle is written.</param>
    public static IResourceBuilder<T> PublishAsElasticBeanstalkService<T>(this IResourceBuilder<T> builder, Action<ElasticBeanstalkService>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ServiceAnnotation(configure ?? (_ => { })));
    }

    /// <summary>Puts an nginx with these routes in the place of a router of the app model.</summary>
    /// <param name="builder">The router that only runs in development.</param>
    /// <param name="routes">The first that matches answers.</param>
    /// <param name="options">Changes how nginx behaves; called when the bundle is written.</param>
    public static IResourceBuilder<T> PublishAsNginx<T>(this IResourceBuilder<T> builder, IReadOnlyList<NginxRoute> routes, Action<NginxOptions>? options = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(routes);
        builder.PublishAsElasticBeanstalkService().WithAnnotation(new NginxAnnotation(routes, options));
        // Aspire then builds and pushes no image of the router.
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode ? builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore) : builder;
    }

    /// <summary>
    /// Leaves a resource out of the bundle because it exists already, such as RDS or ElastiCache. Services that refer to it get these properties instead of its
    /// connection string, or where none is named the properties <c>NAME_HOST</c> and <c>NAME_PORT</c> of its server in their place. Where it is deployed with the bundle all the same (<see cref="PublishAsElasticBeanstalkService"/>), they get what each property says is
    /// <see cref="EnvironmentProperty.Included"/>.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="properties">Environment properties that say where it is.</param>
    public static IResourceBuilder<T> PublishAsExisting<T>(this IResourceBuilder<T> builder, params IReadOnlyList<EnvironmentProperty> properties)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExistingAnnotation(properties));
    }
}
