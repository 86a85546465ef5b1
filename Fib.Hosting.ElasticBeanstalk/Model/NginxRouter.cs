namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The nginx in front of all services.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Routes">The first route that matches answers.</param>
/// <param name="Options">How it behaves beside its routes.</param>
/// <param name="Upstreams">The address behind each service name of the routes.</param>
/// <param name="BaseImage">The image it is built on.</param>
internal sealed record NginxRouter(
    string Service, IReadOnlyList<NginxRoute> Routes, NginxOptions Options, IReadOnlyDictionary<string, Upstream> Upstreams, string BaseImage);

/// <summary>A service's address: host name and port.</summary>
internal sealed record Upstream(string Host, int Port);
