using Aspire.Hosting.ApplicationModel;
using Fib.AppHost.Routing;

namespace Fib.AppHost.Publishing.Reading;

/// <summary>Puts an nginx with these routes in a resource's place.</summary>
internal sealed record NginxAnnotation(RouteTable Routes) : IResourceAnnotation;
