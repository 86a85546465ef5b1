using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads an app model as a bundle.</summary>
internal sealed class BundleReader
{
    private readonly ElasticBeanstalkEnvironmentResource _environment;
    private readonly DistributedApplicationExecutionContext _mode;
    private readonly OrderedDictionary<IResource, DeployedResource> _deployed = new(ResourceNameComparer.Instance);
    private readonly ExistingResources _existing;
    private readonly DistributedApplicationModel _model;
    private readonly ValueReader _values;
    private readonly EnvironmentReader _variables;
    private readonly MountReader _mounts;
    private readonly List<Problem> _problems = [];

    private BundleReader(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode)
    {
        (_environment, _model, _mode) = (environment, model, mode);
        _problems.AddRange(EnvironmentSettings.Apply(environment));
        var resources = AppModel.Deployed(model, environment).ToList();
        var jobs = resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
            .Select(wait => wait.Resource).ToHashSet(ResourceNameComparer.Instance);
        foreach (var resource in resources)
        {
            var service = ServiceReader.Configure(resource, environment);
            _deployed.Add(resource, new DeployedResource(resource, service) { RunsOnce = service.RunsOnce || jobs.Contains(resource) });
        }
        PublishSoleExternalService();
        _existing = new ExistingResources(model);
        _values = new ValueReader(_deployed, _existing);
        _variables = new EnvironmentReader(_values, _existing, _deployed, mode);
        _mounts = new MountReader(environment, mode, _problems);
    }

    public static async Task<ReadBundle> ReadAsync(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode,
        CancellationToken cancellationToken)
    {
        var reader = new BundleReader(environment, model, mode);
        return new ReadBundle(await reader.ReadAsync(cancellationToken), reader._deployed, reader._problems);
    }

    /// <summary>The parameters of the services, and those of them whose values a URI contains.</summary>
    public static async Task<(IReadOnlyList<ParameterResource> All, IReadOnlyList<ParameterResource> InUris)> ReadParametersAsync(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode,
        CancellationToken cancellationToken)
    {
        var reader = new BundleReader(environment, model, mode);
        foreach (var resource in reader._deployed.Values)
        {
            await reader._variables.ReadAsync(resource, MemorySize.MinMiB, reader._problems, cancellationToken);
            await CommandReader.ReadAsync(resource, reader._values, mode, reader._problems, cancellationToken);
        }
        var parameters = reader._values.Parameters;
        return (
            [.. parameters.Values],
            [.. reader._values.UriSafe.Select(name => parameters.GetValueOrDefault(name)).OfType<ParameterResource>()]);
    }

    /// <summary>The settings of the Beanstalk environment alone, and their problems.</summary>
    public static (PlatformSettings Platform, IReadOnlyList<Problem> Problems) ReadPlatform(
        ElasticBeanstalkEnvironmentResource environment, DistributedApplicationModel model, DistributedApplicationExecutionContext mode)
    {
        var reader = new BundleReader(environment, model, mode);
        return (reader.ReadPlatform(NginxReader.Read(environment, reader._deployed)), reader._problems);
    }

    private PlatformSettings ReadPlatform(NginxRouter? router)
    {
        var health = HealthPath.Find(_deployed.Values, router);
        if (health?.DevelopmentOnly is not { } project)
            return EnvironmentSettings.PlatformOf(_environment, health);
        if (_environment.HealthCheckPath is null && _environment.Targets.HasBeanstalk)
            _problems.Add(Problem.Warning(
                project, "health check",
                $"the load balancer requests '/' and expects 200, since Aspire's ServiceDefaults map {health.Path} in development only. " +
                "If the program maps it in production too, call WithProperties(environment => environment.HealthCheckPath = " +
                $"\"{health.Path}\")."));
        return EnvironmentSettings.PlatformOf(_environment, null);
    }

    private async Task<Bundle> ReadAsync(CancellationToken cancellationToken)
    {
        var version = await GitVersion.ReadAsync(_environment, cancellationToken);
        if (version.Problem is { } problem)
            _problems.Add(problem);
        var services = new List<BundleService>();
        foreach (var resource in _deployed.Values)
            services.Add(await ReadServiceAsync(resource, version.Text, cancellationToken));
        FindGeneratedValues();
        var router = NginxReader.Read(_environment, _deployed);
        return new Bundle(_environment.Application, version.Text, [.. services.Select(service => UriSafety.Mark(service, _values.UriSafe))])
        {
            Section = _environment.Name,
            Targets = _environment.Targets,
            Architecture = _environment.Architecture,
            Registry = _environment.Registry.TrimEnd('/'),
            Parameters = _values.Parameters,
            Files = [.. _mounts.Files, .. BundleFiles.Read(_environment, _problems)],
            ConfigureComposeFile = _environment.ConfigureCompose,
            Router = router,
            Platform = ReadPlatform(router),
            Tasks = EnvironmentSettings.TasksOf(_environment),
        };
    }

    private async Task<BundleService> ReadServiceAsync(DeployedResource resource, string tag, CancellationToken cancellationToken)
    {
        var service = resource.Service;
        var memory = ReadMemory(resource);
        var (variables, reached) = await _variables.ReadAsync(resource, memory.MiB, _problems, cancellationToken);
        var mounts = await _mounts.ReadAsync(resource, cancellationToken);
        var (entrypoint, command) = await CommandReader.ReadAsync(resource, _values, _mode, _problems, cancellationToken);
        var built = await ImageReader.BuiltAsync(_environment, resource, tag, cancellationToken);
        return new BundleService(service.Name, resource.Resource.Name, ImageReader.Read(_environment, resource, built))
        {
            BuiltImage = built,
            Hostname = service.Hostname!,
            Memory = memory,
            Port = service.Port,
            FurtherPorts = resource.FurtherPorts,
            PublishedPort = service.PublishedPort,
            IsExternal = resource.IsExternal,
            User = service.User,
            Hardened = service.Hardened == true,
            RunsOnce = resource.RunsOnce,
            Entrypoint = entrypoint,
            Command = command,
            Environment = variables,
            Health = service.HealthCheck.Count > 0 ? new HealthCheck([.. service.HealthCheck]) : null,
            DependsOn = DependenciesOf(resource),
            Uses = NamesOf(resource, resource.IsNginx ? NginxReader.RoutedTo(resource, _deployed) : reached),
            Mounts = mounts,
            Scratch = [.. service.Scratch],
        };
    }

    /// <summary>
    /// Finds values of existing servers that Aspire would generate. Only a password that Aspire itself adds, which is not in the app
    /// model, can be left to the user (<see cref="Deploying.PipelineSteps"/>).
    /// </summary>
    private void FindGeneratedValues()
    {
        foreach (var parameter in _existing.Parameters.Intersect(_values.Parameters.Values)
            .Where(parameter => parameter.Default is GenerateParameterDefault && _model.Resources.Contains(parameter)))
            _problems.Add(new Problem(
                parameter.Name, "generated value",
                "its server already exists, and so does its value: create the parameter without GenerateParameterDefault."));
    }

    /// <summary>Without an nginx, the only service with an external endpoint gets port 80.</summary>
    private void PublishSoleExternalService()
    {
        var external = _deployed.Values.Where(resource => resource.IsExternal).ToList();
        if (_deployed.Values.All(resource => resource.Service.PublishedPort is null) && external is [var sole])
            sole.Service.PublishedPort = 80;
    }

    private MemorySize ReadMemory(DeployedResource resource)
    {
        var text = EnvironmentSettings.MemoryOf(_environment, resource.Service.Name) ?? resource.Service.MemoryLimit!;
        if (MemorySize.TryParse(text, out var size))
            return size.Value;
        _problems.Add(new Problem(
            resource.Resource.Name, "memory limit",
            $"'{text}' must be whole mebibytes or gibibytes, such as 512m or 1g."));
        return new MemorySize(MemorySize.MinMiB);
    }

    /// <summary>The dependencies, in the order of the model.</summary>
    private List<Dependency> DependenciesOf(DeployedResource waiting)
    {
        var waits = waiting.Resource.Annotations.OfType<WaitAnnotation>()
            .SelectMany(wait => AppModel.WithParents(wait.Resource).Select(resource => (resource, wait.WaitType)))
            .ToLookup(wait => wait.resource, wait => wait.WaitType, ResourceNameComparer.Instance);
        return
        [
            .. from other in _deployed.Values
               where other != waiting && waits.Contains(other.Resource)
               select new Dependency(
                   other.Service.Name,
                   waits[other.Resource].Contains(WaitType.WaitForCompletion) ? DependencyCondition.Completed
                   : other.Service.HealthCheck.Count > 0 ? DependencyCondition.Healthy : DependencyCondition.Started),
        ];
    }

    /// <summary>The names of the services of resources, in the order of the model.</summary>
    private List<string> NamesOf(DeployedResource from, IEnumerable<IResource> resources)
    {
        var wanted = resources.ToHashSet(ResourceNameComparer.Instance);
        return [.. _deployed.Values.Where(resource => resource != from && wanted.Contains(resource.Resource))
            .Select(resource => resource.Service.Name)];
    }
}

/// <summary>A bundle that was read from an app model.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Deployed">The resources of its services.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record ReadBundle(
    Bundle Bundle, IReadOnlyDictionary<IResource, DeployedResource> Deployed, IReadOnlyList<Problem> Problems);
