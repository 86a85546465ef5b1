using Fib.Hosting.ElasticBeanstalk;

namespace Aspire.Hosting;

/// <summary>Publishes resources of an app model as services of an Elastic Beanstalk bundle.</summary>
public static class ElasticBeanstalkExtensions
{
    /// <summary>Deploys a project or a container as a service of the bundle.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Configures the service; called when the bundle is written.</param>
    public static IResourceBuilder<T> PublishAsElasticBeanstalkService<T>(
        this IResourceBuilder<T> builder, Action<ElasticBeanstalkService>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ServiceAnnotation(configure ?? (_ => { })));
    }

    /// <summary>Replaces a router of the app model by an nginx with these routes.</summary>
    /// <param name="builder">The router, which then runs only in development.</param>
    /// <param name="routes">The routes; the first match is used.</param>
    /// <param name="options">Configures nginx; called when the bundle is written.</param>
    public static IResourceBuilder<T> PublishAsNginx<T>(
        this IResourceBuilder<T> builder, IReadOnlyList<NginxRoute> routes, Action<NginxOptions>? options = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(routes);
        builder.PublishAsElasticBeanstalkService().WithAnnotation(new NginxAnnotation(routes, options));
        // Then Aspire neither builds nor pushes an image of the router.
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(ManifestPublishingCallbackAnnotation.Ignore)
            : builder;
    }

    /// <summary>
    /// Leaves a resource out of the bundle because it already exists, such as RDS or ElastiCache. Services that reference it get these
    /// properties instead of its connection string; without any, they get <c>NAME_HOST</c> and <c>NAME_PORT</c> of its server. If the
    /// resource is deployed with the bundle as well (<see cref="PublishAsElasticBeanstalkService"/>), they get the
    /// <see cref="EnvironmentProperty.BundledValue"/> of each property.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="properties">Environment properties with its address.</param>
    public static IResourceBuilder<T> PublishAsExisting<T>(
        this IResourceBuilder<T> builder, params IReadOnlyList<EnvironmentProperty> properties)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExistingAnnotation(properties));
    }

    /// <summary>
    /// Leaves a resource out of the bundle because it already exists. Services that reference it get its connection string, with
    /// <c>NAME_HOST</c> and <c>NAME_PORT</c> as the address of its server.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="tls">
    /// Whether connection strings and URIs require TLS, as ElastiCache with encryption in transit does: <c>ssl=true</c> for Redis,
    /// <c>SSL Mode=Require</c> for PostgreSQL (encrypted, without a check of the certificate), <c>amqps</c> for RabbitMQ, by default with
    /// its port 5671. For any other format, publishing fails.
    /// </param>
    public static IResourceBuilder<T> PublishAsExisting<T>(this IResourceBuilder<T> builder, bool tls)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExistingAnnotation([]) { Tls = tls });
    }
}
