using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Routing;

/// <summary>Gives the YARP gateway its routes.</summary>
internal static class GatewayRoutes
{
    /// <summary>Writes the table into the gateway's environment as YARP's configuration.</summary>
    /// <param name="gateway">The resource that runs YARP.</param>
    /// <param name="table">What to route where.</param>
    /// <param name="services">Every service that the table names, each with an endpoint <c>http</c>.</param>
    public static IResourceBuilder<T> WithRoutes<T>(this IResourceBuilder<T> gateway, RouteTable table, params IResourceBuilder<IResourceWithEndpoints>[] services)
        where T : IResourceWithEnvironment
    {
        var endpoints = services.ToDictionary(service => service.Resource.Name, service => service.GetEndpoint("http"));
        foreach (var (name, value) in YarpSettings.Read(table))
            gateway.WithEnvironment(name, value);
        foreach (var route in table.Routes)
            gateway.WithEnvironment(YarpSettings.Destination(route), endpoints[route.Service]);
        return gateway;
    }
}
