using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Reads the variables of a service, and the services that they reference.</summary>
internal sealed class EnvironmentReader(
    ValueReader values, ExistingResources existing, IReadOnlyDictionary<IResource, DeployedResource> deployed,
    DistributedApplicationExecutionContext mode)
{
    /// <summary>
    /// Aspire's variables for ports; a bundle's services listen on <see cref="ElasticBeanstalkService.Port"/> instead. Aspire assigns
    /// references to endpoints; text was set by the app, and is kept.
    /// </summary>
    private static readonly HashSet<string> Replaced = ["HTTP_PORTS", "HTTPS_PORTS", "ASPNETCORE_URLS"];

    public async Task<(IReadOnlyList<Variable> Variables, IReadOnlySet<IResource> Reached)> ReadAsync(
        DeployedResource resource, int memoryMiB, List<Problem> problems, CancellationToken cancellationToken)
    {
        var variables = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        var reached = new HashSet<IResource>(ResourceNameComparer.Instance);
        if (resource is { IsNginx: false, Resource: ProjectResource })
        {
            foreach (var (name, value) in ServiceReader.RuntimeSettings(resource, memoryMiB))
                variables[name] = Variable.Literal(name, value);
        }
        if (!resource.IsNginx && !resource.IsExisting)
        {
            var all = await AssignedVariables.ReadAsync(resource.Resource, mode, existing, cancellationToken);
            foreach (var (name, assigned) in all.Where(variable =>
                !(DeployedResource.IsProject(resource.Resource) && IsDuplicateAddress(variable.Key, variable.Value.Value, all))))
                Add(name, assigned);
        }
        foreach (var (name, value) in resource.Service.Environment)
        {
            variables[name] = value is EnvironmentProperty property
                ? new Variable(name, [new PropertyPart(property)])
                : Variable.Literal(name, (string)value);
        }
        return ([.. variables.Values], reached);

        void Add(string name, AssignedVariables.Assigned assigned)
        {
            var value = assigned.Value;
            if (value is not string && IsReplaced(resource.Resource, name))
                return;
            if (assigned.Existing is { } store)
            {
                foreach (var property in ExistingResources.PropertiesOf(store))
                {
                    variables[property.Name] = deployed.ContainsKey(store) && property.BundledValue is { } bundled
                        ? Variable.Literal(property.Name, bundled)
                        : Variable.Of(property);
                }
                reached.Add(store);
                return;
            }
            try
            {
                variables[name] = new Variable(name, values.Read(value));
                reached.UnionWith(AppModel.ResourcesIn(value));
            }
            catch (NotSupportedException exception)
            {
                // The service's own value replaces it.
                if (resource.Service.Environment.ContainsKey(name))
                    return;
                problems.Add(new Problem(resource.Resource.Name, $"environment variable {name}", exception.Message));
            }
        }
    }

    /// <summary>A project with PublishAsDockerFile keeps its http ports; it has no certificate for https either.</summary>
    private static bool IsReplaced(IResource resource, string name) => resource is ProjectResource
        ? Replaced.Contains(name)
        : DeployedResource.IsProject(resource) && name == "HTTPS_PORTS";

    /// <summary>
    /// In publish mode, Aspire gives a project an https endpoint in addition to http, and a reference to the project assigns both. In a
    /// bundle both have the same address, so .NET's service discovery needs only the first. A variable with any other name was set by the
    /// app, and is kept.
    /// </summary>
    private static bool IsDuplicateAddress(string name, object value, SortedDictionary<string, AssignedVariables.Assigned> all)
    {
        if (value is not EndpointReference { Scheme: "https", Resource: ProjectResource project } endpoint)
            return false;
        var prefix = $"services__{project.Name}__{endpoint.EndpointName}__";
        var shortName = $"{project.Name}_{endpoint.EndpointName}".Replace('-', '_');
        return (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, shortName, StringComparison.OrdinalIgnoreCase))
            && name.LastIndexOf("https", StringComparison.OrdinalIgnoreCase) is > 0 and var scheme
            && all.ContainsKey(name.Remove(scheme + "http".Length, 1));
    }
}
