using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Routing;

/// <summary>Gives the YARP gateway its routes.</summary>
internal static class GatewayRoutes
{
    /// <summary>Writes the table into the gateway's environment as YARP's configuration; the gateway needs a reference to every service that the table names.</summary>
    /// <param name="gateway">The resource that runs YARP.</param>
    /// <param name="table">What to route where.</param>
    public static IResourceBuilder<T> WithRoutes<T>(this IResourceBuilder<T> gateway, RouteTable table) where T : IResourceWithEnvironment
    {
        foreach (var (name, value) in YarpSettings.Read(table))
            gateway.WithEnvironment(name, value);
        return gateway;
    }
}
