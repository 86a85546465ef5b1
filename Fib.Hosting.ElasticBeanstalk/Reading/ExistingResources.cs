namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The resources that exist already, which services get as environment properties.</summary>
internal sealed class ExistingResources
{
    private readonly Dictionary<IResource, IResource> _ownerOf = [];
    private readonly DistributedApplicationModel _model;

    public ExistingResources(DistributedApplicationModel model)
    {
        _model = model;
        foreach (var existing in model.Resources.Where(resource => PropertiesOf(resource).Count > 0))
        {
            _ownerOf[existing] = existing;
            // Its generated password stands in variables of its own, which do not mention it.
            foreach (var part in PartsOf(existing))
                _ownerOf.TryAdd(part, existing);
        }
    }

    /// <summary>The existing resource that a value belongs to, or null; a database comes before its server.</summary>
    public IResource? Find(object value) => AppModel.ResourcesIn(value).Select(resource => _ownerOf.GetValueOrDefault(resource)).FirstOrDefault(owner => owner is not null);

    /// <summary>Whether a value mentions nothing but a resource's server and its parameters.</summary>
    public static bool IsPartOf(object value, IResource existing)
    {
        var parts = AppModel.WithParents(existing).SelectMany(resource => PartsOf(resource).Prepend(resource)).ToHashSet();
        return AppModel.ResourcesIn(value).All(parts.Contains);
    }

    /// <summary>Whether a resource exists already and its own endpoints are properties, because the AppHost names none.</summary>
    public bool HasEndpointProperties(IResource resource) =>
        PropertiesOf(resource).Count == 0 && AppModel.ExistsAlready(_model, resource) && !resource.HasAnnotationOfType<ServiceAnnotation>();

    /// <summary>What services get that refer to the resource.</summary>
    public static IReadOnlyList<EnvironmentProperty> PropertiesOf(IResource resource) =>
        [.. resource.Annotations.OfType<ExistingAnnotation>().SelectMany(annotation => annotation.Properties)];

    private static IEnumerable<IResource> PartsOf(IResource resource) =>
        AppModel.ResourcesIn((resource as IResourceWithConnectionString)?.ConnectionStringExpression).OfType<ParameterResource>();
}
