using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the deployment settings of a resource, and completes them with defaults.</summary>
internal static class ServiceReader
{
    /// <summary>The user of .NET's images.</summary>
    private const int DotNetUser = 1654;

    /// <summary>The resource's settings.</summary>
    public static ElasticBeanstalkService Configure(IResource resource, ElasticBeanstalkEnvironmentResource environment)
    {
        var service = ElasticBeanstalkService.Of(resource);
        if (resource.HasAnnotationOfType<NginxAnnotation>())
            CompleteNginx(service);
        Complete(service, resource, environment);
        return service;
    }

    private static void CompleteNginx(ElasticBeanstalkService service)
    {
        service.Port ??= NginxContainer.Port;
        service.PublishedPort ??= NginxContainer.Port;
        service.User ??= NginxContainer.User;
        service.Hardened ??= true;
        if (service.HealthCheck.Count == 0)
            Add(service.HealthCheck, "bash", $"{NginxContainer.Directory}/alive.sh");
    }

    /// <summary>
    /// The ports of a .NET service and, if it is hardened, settings that keep it within its memory limit and let idle threads sleep;
    /// workstation garbage collection without a background thread needs the least memory.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> RuntimeSettings(DeployedResource deployed, int memoryMiB)
    {
        var ports = string.Join(';', deployed.HttpPorts.Select(port => port.ToString(CultureInfo.InvariantCulture)));
        if (ports.Length > 0)
            yield return new("ASPNETCORE_HTTP_PORTS", ports);
        if (deployed.Service.Hardened != true)
            yield break;
        yield return new("DOTNET_EnableDiagnostics", "0");
        // In hexadecimal; Native AOT ignores a value with the prefix 0x. Half of the limit: a process also needs other memory.
        yield return new("DOTNET_GCHeapHardLimit", string.Create(CultureInfo.InvariantCulture, $"{memoryMiB * 1024L * 1024 / 2:X}"));
        yield return new("DOTNET_gcConcurrent", "0");
        yield return new("DOTNET_gcServer", "0");
        // Otherwise idle threads spin before they sleep, which slows down the other services of the host.
        yield return new("DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "0");
    }

    private static void Complete(ElasticBeanstalkService service, IResource resource, ElasticBeanstalkEnvironmentResource environment)
    {
        service.Hostname ??= service.Name;
        service.MemoryLimit ??= environment.MemoryLimit;
        service.Hardened ??= environment.Hardened;
        if (service.Hardened == true && resource is ProjectResource)
            service.User ??= DotNetUser;
        if (service.Hardened == true && !service.Scratch.Contains("/tmp"))
            service.Scratch.Insert(0, "/tmp");
        var main = DeployedResource.MainOf(resource);
        service.Port ??= resource is ProjectResource
            ? main is null ? null : main.TargetPort ?? DeployedResource.DefaultPort
            : main is null ? null : DeployedResource.PortOf(resource, main, null);
    }

    private static void Add(IList<string> words, params ReadOnlySpan<string> more)
    {
        foreach (var word in more)
            words.Add(word);
    }
}
