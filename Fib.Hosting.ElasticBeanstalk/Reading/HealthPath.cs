using System.Globalization;
using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Finds the load balancer's health check: the WithHttpHealthCheck of the endpoint that the load balancer reaches.</summary>
internal static partial class HealthPath
{
    /// <summary>
    /// The first check of the published service, or of a service behind a route of nginx that keeps the check's path; external services
    /// have precedence. Null if there is none.
    /// </summary>
    public static HealthRequest? Find(IEnumerable<DeployedResource> deployed, NginxRouter? nginx) => deployed
        .Where(resource => !resource.IsNginx && (nginx is not null || resource.Service.PublishedPort is not null))
        .OrderByDescending(resource => resource.IsExternal)
        .SelectMany(resource => ChecksOf(resource).Where(check => nginx is null || nginx.Passes(check.Path, resource.Resource.Name)))
        .OrderBy(check => check.DevelopmentOnly is not null)
        .FirstOrDefault();

    /// <summary>
    /// Only the key of Aspire's check contains its path, with or without its slash: <c>resource_endpoint_/path_200_check</c>.
    /// </summary>
    private static IEnumerable<HealthRequest> ChecksOf(DeployedResource resource) =>
        from check in resource.Resource.Annotations.OfType<HealthCheckAnnotation>()
        let match = Key().Match(check.Key)
        where match.Success && match.Groups["resource"].Value == resource.Resource.Name
            && resource.IsOnServicePort(match.Groups["endpoint"].Value)
        select new HealthRequest(
            "/" + match.Groups["path"].Value, int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture))
        {
            DevelopmentOnly = DeployedResource.IsProject(resource.Resource) && match.Groups["path"].Value is "health" or "alive"
                ? resource.Resource.Name
                : null,
        };

    // A load balancer accepts the statuses 200 to 499 as healthy.
    [GeneratedRegex("^(?<resource>.+?)_(?<endpoint>[^_/]+)_/?(?<path>.*)_(?<status>[234][0-9]{2})_check\\z")]
    private static partial Regex Key();
}

/// <summary>A request that shows whether a service works.</summary>
/// <param name="Path">The path.</param>
/// <param name="Status">The status of the answer while it works: 200 to 499.</param>
internal sealed record HealthRequest(string Path, int Status)
{
    /// <summary>
    /// The name of a project whose path is one of those that Aspire's templates map in development only (ServiceDefaults,
    /// MapDefaultEndpoints); null for other resources and paths.
    /// </summary>
    public string? DevelopmentOnly { get; init; }
}
