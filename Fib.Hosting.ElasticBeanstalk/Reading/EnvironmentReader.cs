using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The variables of one service, and the services it reaches through them.</summary>
internal sealed class EnvironmentReader(ValueReader values, ExistingResources existing, IReadOnlyDictionary<IResource, DeployedResource> deployed, DistributedApplicationExecutionContext mode)
{
    /// <summary>Ports of Aspire's own; a bundle's services listen where <see cref="ElasticBeanstalkService.Port"/> says.</summary>
    private static readonly HashSet<string> Replaced = ["HTTP_PORTS", "HTTPS_PORTS", "ASPNETCORE_URLS"];

    public async Task<(IReadOnlyList<Variable> Variables, IReadOnlySet<IResource> Reached)> ReadAsync(
        DeployedResource resource, int memoryMiB, List<Problem> problems, CancellationToken cancellationToken)
    {
        var variables = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        var reached = new HashSet<IResource>();
        if (resource is { IsNginx: false, Resource: ProjectResource })
        {
            foreach (var (name, value) in ServiceReader.RuntimeSettings(resource, memoryMiB))
                variables[name] = Variable.Literal(name, value);
        }
        if (!resource.IsNginx && !resource.IsExisting)
        {
            foreach (var (name, assigned) in await AssignedVariables.ReadAsync(resource.Resource, mode, existing, cancellationToken))
                Add(name, assigned);
        }
        foreach (var (name, value) in resource.Service.Environment)
            variables[name] = value is EnvironmentProperty property ? new Variable(name, [new PropertyPart(property)]) : Variable.Literal(name, (string)value);
        return ([.. variables.Values], reached);

        void Add(string name, AssignedVariables.Assigned assigned)
        {
            var value = assigned.Value;
            if ((resource.Resource is ProjectResource && Replaced.Contains(name)) || IsSecondAddress(name, value))
                return;
            if (assigned.Existing is { } store)
            {
                foreach (var property in ExistingResources.PropertiesOf(store))
                    variables[property.Name] = deployed.ContainsKey(store) && property.Included is { } included ? Variable.Literal(property.Name, included) : Variable.Of(property);
                reached.Add(store);
                return;
            }
            try
            {
                variables[name] = new Variable(name, values.Read(value));
                reached.UnionWith(AppModel.ResourcesIn(value));
            }
            catch (NotSupportedException wrong)
            {
                problems.Add(new Problem(resource.Resource.Name, $"environment variable {name}", wrong.Message));
            }
        }
    }

    /// <summary>
    /// In publish mode Aspire gives a project an https endpoint beside its http one, and a reference assigns both: in a bundle they would be one address twice.
    /// Under any other name the variable is the app's own, and is kept.
    /// </summary>
    private static bool IsSecondAddress(string name, object value)
    {
        if (value is not EndpointReference { Scheme: "https", Resource: ProjectResource project } endpoint || !project.Annotations.OfType<EndpointAnnotation>().Any(other => other.UriScheme == "http"))
            return false;
        var prefix = $"services__{project.Name}__{endpoint.EndpointName}__";
        var shortName = $"{project.Name}_{endpoint.EndpointName}".Replace('-', '_');
        return name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || string.Equals(name, shortName, StringComparison.OrdinalIgnoreCase);
    }
}
