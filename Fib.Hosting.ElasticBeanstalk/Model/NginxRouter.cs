namespace Fib.Hosting.ElasticBeanstalk.Model;

/// <summary>The nginx in front of all services.</summary>
/// <param name="Service">The service that runs it.</param>
/// <param name="Routes">The routes; the first match is used.</param>
/// <param name="Options">Its other settings.</param>
/// <param name="Upstreams">The address of each service of the routes, by name.</param>
/// <param name="BaseImage">Its base image.</param>
internal sealed record NginxRouter(
    string Service, IReadOnlyList<NginxRoute> Routes, NginxOptions Options,
    IReadOnlyDictionary<string, Upstream> Upstreams, string BaseImage)
{
    /// <summary>Whether nginx passes a path unchanged to a resource.</summary>
    public bool Passes(string path, string resource) =>
        !Options.BlockedPaths.Any(blocked => string.Equals(path.TrimEnd('/'), blocked.TrimEnd('/'), StringComparison.OrdinalIgnoreCase))
        && Routes.FirstOrDefault(route => IsBelow(path, route.Prefix)) is { PathRemovePrefix: "" } route && route.Service == resource;

    /// <summary>Whether a path is a prefix or below it.</summary>
    public static bool IsBelow(string path, string prefix) =>
        prefix.Length == 0 || prefix == "/"
        || (path.TrimEnd('/') + "/").StartsWith(prefix.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A service's address: host name and port.</summary>
internal sealed record Upstream(string Host, int Port);
