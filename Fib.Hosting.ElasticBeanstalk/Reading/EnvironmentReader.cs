using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The variables of one service, and the services it reaches through them.</summary>
internal sealed class EnvironmentReader(ValueReader values, ExistingResources stores, IReadOnlyDictionary<IResource, DeployedResource> places, DistributedApplicationExecutionContext mode)
{
    /// <summary>Ports of Aspire's own; a bundle's services listen where <see cref="ElasticBeanstalkService.Port"/> says.</summary>
    private static readonly HashSet<string> Replaced = ["HTTP_PORTS", "HTTPS_PORTS", "ASPNETCORE_URLS"];

    public async Task<(IReadOnlyList<Variable> Variables, IReadOnlySet<IResource> Reached)> ReadAsync(DeployedResource place, int memoryMiB, List<Problem> problems, CancellationToken cancellationToken)
    {
        var variables = new SortedDictionary<string, Variable>(StringComparer.Ordinal);
        var reached = new HashSet<IResource>();
        if (place.Resource is ProjectResource && !place.IsNginx)
        {
            foreach (var (name, value) in ServiceReader.RuntimeSettings(place.Service, memoryMiB))
                variables[name] = Variable.Literal(name, value);
        }
        if (!place.IsNginx && !place.IsStore)
        {
            foreach (var (name, assigned) in await AssignedVariables.ReadAsync(place.Resource, mode, stores, cancellationToken))
                Add(name, assigned);
        }
        foreach (var (name, value) in place.Service.Environment)
            variables[name] = value is EnvironmentProperty property ? new Variable(name, [new PropertyPart(property)]) : Variable.Literal(name, (string)value);
        return ([.. variables.Values], reached);

        void Add(string name, AssignedVariables.Assigned assigned)
        {
            var value = assigned.Value;
            if (Replaced.Contains(name) || IsSecondAddress(value))
                return;
            if (assigned.Store is { } store)
            {
                foreach (var property in ExistingResources.PropertiesOf(store))
                    variables[property.Name] = places.ContainsKey(store) && property.Included is { } included ? Variable.Literal(property.Name, included) : Variable.Of(property);
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
                problems.Add(new Problem(place.Resource.Name, $"environment variable {name}", wrong.Message));
            }
        }
    }

    /// <summary>In publish mode Aspire gives a project an https endpoint beside its http one; in a bundle they would be one address twice.</summary>
    private static bool IsSecondAddress(object value) => value is EndpointReference { Scheme: "https" } endpoint
        && endpoint.Resource.Annotations.OfType<EndpointAnnotation>().Any(other => other.UriScheme == "http");
}
