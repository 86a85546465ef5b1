using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Asks a resource how it is deployed, and fills in what it does not say.</summary>
internal static class ServiceReader
{
    /// <summary>The resource's settings, or null where it is not deployed as a service.</summary>
    public static ElasticBeanstalkService? Configure(IResource resource)
    {
        var annotations = resource.Annotations.OfType<ServiceAnnotation>().ToList();
        if (annotations.Count == 0)
            return null;
        var service = new ElasticBeanstalkService { Name = resource.Name.ToLowerInvariant() };
        var nginx = resource.HasAnnotationOfType<NginxAnnotation>();
        if (nginx)
            (service.Port, service.PublishedPort, service.User) = (80, 80, NginxRenderer.User);
        foreach (var annotation in annotations)
            annotation.Configure(service);

        service.Hostname ??= service.Name;
        service.Port ??= resource is ProjectResource
            ? HasEndpoint(resource) ? 8080 : null
            : resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault()?.TargetPort;
        if (service.HealthCheck.Count == 0)
        {
            foreach (var word in nginx ? ["bash", $"{NginxRenderer.Directory}/alive.sh"] : DefaultHealthCheck(resource, service))
                service.HealthCheck.Add(word);
        }
        return service;
    }

    /// <summary>
    /// What makes a .NET service keep to its memory, and its idle threads to sleep; workstation collection without a background
    /// thread needs the least.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> RuntimeSettings(ElasticBeanstalkService service, int memoryMiB)
    {
        if (service.Port is { } port)
            yield return new("ASPNETCORE_HTTP_PORTS", port.ToString(CultureInfo.InvariantCulture));
        yield return new("DOTNET_EnableDiagnostics", "0");
        // In hexadecimal, as the runtime reads it; half of the limit, since the heap is not all that a process needs.
        yield return new("DOTNET_GCHeapHardLimit", string.Create(CultureInfo.InvariantCulture, $"0x{memoryMiB * 1024L * 1024 / 2:X}"));
        yield return new("DOTNET_gcConcurrent", "0");
        yield return new("DOTNET_gcServer", "0");
        // Idle threads would spin first, on processors that the other services of the host need: that makes the slowest answers slow.
        yield return new("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0");
    }

    private static string[] DefaultHealthCheck(IResource resource, ElasticBeanstalkService service) =>
        resource is ProjectResource && service.Port is not null && resource.TryGetLastAnnotation<IProjectMetadata>(out var project)
            ? ["dotnet", $"/app/{Path.GetFileNameWithoutExtension(project.ProjectPath)}.dll", "--health"]
            : [];

    private static bool HasEndpoint(IResource resource) => resource.HasAnnotationOfType<EndpointAnnotation>();
}
