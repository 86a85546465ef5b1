using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the nginx in front of the services from the app model.</summary>
internal static class NginxReader
{
    public static NginxRouter? Read(
        ElasticBeanstalkEnvironmentResource environment, IReadOnlyDictionary<IResource, DeployedResource> deployed) =>
        deployed.Values.FirstOrDefault(resource => resource.IsNginx) is not { } nginx
            ? null
            : new NginxRouter(
                nginx.Service.Name,
                RoutesOf(nginx),
                OptionsOf(nginx),
                RoutedTo(nginx, deployed).Select(resource => deployed[resource]).Where(upstream => upstream.Service.Port is not null)
                    .ToDictionary(upstream => upstream.Resource.Name,
                        upstream => new Upstream(upstream.Service.Hostname!, upstream.Service.Port!.Value)),
                environment.NginxBaseImage);

    public static NginxOptions OptionsOf(DeployedResource nginx)
    {
        var options = new NginxOptions();
        nginx.Resource.Annotations.OfType<NginxAnnotation>().Last().Configure?.Invoke(options);
        return options;
    }

    public static IEnumerable<IResource> RoutedTo(DeployedResource nginx, IReadOnlyDictionary<IResource, DeployedResource> deployed)
    {
        var names = RoutesOf(nginx).Select(route => route.Service).ToHashSet();
        return deployed.Keys.Where(resource => names.Contains(resource.Name));
    }

    private static IReadOnlyList<NginxRoute> RoutesOf(DeployedResource nginx) =>
        nginx.Resource.Annotations.OfType<NginxAnnotation>().Last().Routes;
}
