namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The nginx in front of all services.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Routes">The routes; the first match is used.</param>
/// <param name="Options">Its other settings.</param>
/// <param name="Upstreams">The address of each service of the routes, by name.</param>
/// <param name="BaseImage">Its base image.</param>
internal sealed record NginxRouter(
    string Service, IReadOnlyList<NginxRoute> Routes, NginxOptions Options,
    IReadOnlyDictionary<string, Upstream> Upstreams, string BaseImage);

/// <summary>A service's address: host name and port.</summary>
internal sealed record Upstream(string Host, int Port);
