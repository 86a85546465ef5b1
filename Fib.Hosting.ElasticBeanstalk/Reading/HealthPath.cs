using System.Text.RegularExpressions;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Finds the load balancer's health check path: that of the external service's WithHttpHealthCheck.</summary>
internal static partial class HealthPath
{
    /// <summary>The path; null if no external service has such a check.</summary>
    public static string? Find(IEnumerable<DeployedResource> deployed) => deployed.Where(resource => resource.IsExternal)
        .SelectMany(resource => resource.Resource.Annotations.OfType<HealthCheckAnnotation>()
            .Select(check => PathOf(resource.Resource.Name, check.Key)))
        .FirstOrDefault(path => path is not null);

    /// <summary>Only the key of Aspire's check contains the path: <c>resource_endpoint_/path_200_check</c>.</summary>
    private static string? PathOf(string resource, string key) =>
        Key().Match(key) is { Success: true } match && match.Groups["resource"].Value == resource ? match.Groups["path"].Value : null;

    [GeneratedRegex("^(?<resource>.+?)_(?<endpoint>[^_/]+)_(?<path>/.*)_(?<status>[0-9]{3})_check\\z")]
    private static partial Regex Key();
}
