using Fib.AppHost.Routing;

namespace Fib.AppHost.Publishing.Model;

/// <summary>The nginx in front of all.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Table">What it routes where.</param>
/// <param name="Upstreams">The service behind each name in the table.</param>
/// <param name="BaseImage">What its image is built on.</param>
internal sealed record NginxRouter(string Service, RouteTable Table, IReadOnlyDictionary<string, Upstream> Upstreams, string BaseImage);

/// <summary>A service's address: host name and port.</summary>
internal sealed record Upstream(string Host, int Port);
