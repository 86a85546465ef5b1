using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads an app model as a bundle.</summary>
internal sealed class BundleReader
{
    private readonly ElasticBeanstalkEnvironmentResource _environment;
    private readonly DistributedApplicationExecutionContext _mode;
    private readonly OrderedDictionary<IResource, DeployedResource> _places = [];
    private readonly EnvironmentReader _variables;
    private readonly List<Problem> _problems = [];

    private BundleReader(ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode)
    {
        (_environment, _mode) = (environment, mode);
        _problems.AddRange(EnvironmentSettings.Override(environment));
        var deployed = AppModel.Deployed(model, environment).ToList();
        _problems.AddRange(deployed.SelectMany(ResourceChecks.Find));
        foreach (var resource in deployed)
        {
            if (ServiceReader.Configure(resource) is { } service)
                _places.Add(resource, new DeployedResource(resource, service));
        }
        _problems.AddRange(EnvironmentSettings.FindUnknownServices(environment, [.. _places.Values.Select(place => place.Service.Name)]));
        _variables = new EnvironmentReader(new ValueReader(_places), new ExistingResources(model), _places, mode);
    }

    /// <summary>The bundle, and everything of the model that it cannot express.</summary>
    public static async Task<(Bundle Bundle, IReadOnlyList<Problem> Problems)> ReadAsync(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode, CancellationToken cancellationToken)
    {
        var reader = new BundleReader(environment, model, mode);
        return (await reader.ReadAsync(cancellationToken), reader._problems);
    }

    private async Task<Bundle> ReadAsync(CancellationToken cancellationToken)
    {
        var tag = _environment.Tag is { Length: > 0 } said ? said : await GitVersion.ReadAsync(_environment.Name, _environment.Directory, _problems, cancellationToken);
        var services = new List<BundleService>();
        foreach (var place in _places.Values)
            services.Add(await ReadServiceAsync(place, tag, cancellationToken));
        return new Bundle(_environment.Application, tag, services)
        {
            Targets = _environment.Targets,
            Router = ReadRouter(),
            Platform = new PlatformSettings
            {
                HealthCheckPath = _environment.HealthCheckPath,
                DeploymentPolicy = _environment.DeploymentPolicy,
                LogDays = _environment.LogDays,
                RegistryLogin = _environment.RegistryLogin,
                Registry = ImageReader.HostOf(_environment.Registry),
                DockerConfig = _environment.DockerConfig,
            },
            Tasks = new TaskSettings
            {
                ExecutionRole = _environment.ExecutionRole,
                Region = _environment.Region,
                RegistrySecret = _environment.RegistrySecret,
                Parameters = _environment.TaskParameters.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            },
        };
    }

    private async Task<BundleService> ReadServiceAsync(DeployedResource place, string tag, CancellationToken cancellationToken)
    {
        var service = place.Service;
        var memory = ReadMemory(place);
        var (variables, reached) = await _variables.ReadAsync(place, memory.MiB, _problems, cancellationToken);
        _problems.AddRange(ResourceChecks.FindEndpoints(place));
        _problems.AddRange(await ResourceChecks.FindArgumentsAsync(place, _mode, cancellationToken));
        return new BundleService(service.Name, place.Resource.Name, ImageReader.Read(_environment, place, tag))
        {
            Hostname = service.Hostname!,
            Memory = memory,
            Port = service.Port,
            PublishedPort = service.PublishedPort,
            User = service.User,
            Command = [.. service.Command],
            Environment = variables,
            Health = service.HealthCheck.Count > 0 ? new HealthCheck([.. service.HealthCheck]) : null,
            DependsOn = NamesOf(place, place.Resource.Annotations.OfType<WaitAnnotation>().SelectMany(wait => AppModel.WithParents(wait.Resource))),
            Uses = NamesOf(place, place.IsNginx ? RoutedTo(place) : reached),
            Mounts = MountsOf(place),
            Scratch = [.. service.Scratch],
        };
    }

    private MemorySize ReadMemory(DeployedResource place)
    {
        var text = EnvironmentSettings.MemoryOf(_environment, place.Service.Name) ?? place.Service.MemoryLimit;
        if (MemorySize.TryParse(text, out var size))
            return size.Value;
        _problems.Add(new Problem(place.Resource.Name, "memory limit", $"'{text}' must be whole mebibytes or gibibytes, such as 128m or 1g."));
        return new MemorySize(MemorySize.Least);
    }

    private NginxRouter? ReadRouter() => _places.Values.SingleOrDefault(place => place.IsNginx) is not { } place
        ? null
        : new NginxRouter(
            place.Service.Name,
            RoutesOf(place),
            OptionsOf(place),
            RoutedTo(place).Select(resource => _places[resource]).Where(upstream => upstream.Service.Port is not null)
                .ToDictionary(upstream => upstream.Resource.Name, upstream => new Upstream(upstream.Service.Hostname!, upstream.Service.Port!.Value)),
            _environment.NginxBaseImage);

    private static IReadOnlyList<NginxRoute> RoutesOf(DeployedResource nginx) => nginx.Resource.Annotations.OfType<NginxAnnotation>().Last().Routes;

    private static NginxOptions OptionsOf(DeployedResource nginx)
    {
        var options = new NginxOptions();
        nginx.Resource.Annotations.OfType<NginxAnnotation>().Last().Configure?.Invoke(options);
        return options;
    }

    private IEnumerable<IResource> RoutedTo(DeployedResource nginx)
    {
        var names = RoutesOf(nginx).Select(route => route.Service).ToHashSet();
        return _places.Keys.Where(resource => names.Contains(resource.Name));
    }

    /// <summary>The services behind resources, in the order of the model.</summary>
    private List<string> NamesOf(DeployedResource from, IEnumerable<IResource> resources)
    {
        var wanted = resources.ToHashSet();
        return [.. _places.Values.Where(place => place != from && wanted.Contains(place.Resource)).Select(place => place.Service.Name)];
    }

    /// <summary>Volumes get names of their own: those of the app model hold a hash of where the AppHost's files are.</summary>
    private static IReadOnlyList<Mount> MountsOf(DeployedResource place) => place.IsNginx
        ? [new LogMount(NginxRenderer.LogDirectory), new InstanceMount(NginxRenderer.HealthLogDirectory, NginxRenderer.HealthLogDirectory)]
        : [.. place.Resource.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == ContainerMountType.Volume)
            .Select(mount => new VolumeMount($"{place.Service.Name}-{mount.Target.Trim('/').Replace('/', '-')}", mount.Target))];
}
