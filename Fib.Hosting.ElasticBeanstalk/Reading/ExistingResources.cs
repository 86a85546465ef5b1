namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The resources that already exist; services get their addresses as environment properties.</summary>
internal sealed class ExistingResources
{
    private readonly Dictionary<IResource, IResource> _ownerOf = new(ResourceNameComparer.Instance);
    private readonly DistributedApplicationModel _model;

    public ExistingResources(DistributedApplicationModel model)
    {
        _model = model;
        foreach (var existing in model.Resources.Where(resource => PropertiesOf(resource).Count > 0))
        {
            _ownerOf[existing] = existing;
            // Variables with its generated password do not reference the resource itself.
            foreach (var part in PartsOf(existing))
                _ownerOf.TryAdd(part, existing);
        }
    }

    /// <summary>The existing resource that a value belongs to, or null; a database has precedence over its server.</summary>
    public IResource? Find(object value) => AppModel.ResourcesIn(value)
        .Select(resource => _ownerOf.GetValueOrDefault(resource))
        .FirstOrDefault(owner => owner is not null);

    /// <summary>Whether the app model has a resource of this name.</summary>
    public bool IsInModel(string name) =>
        _model.Resources.Any(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a value references only a resource, its server and their parameters.</summary>
    public static bool IsPartOf(object value, IResource existing)
    {
        var parts = AppModel.WithParents(existing).SelectMany(resource => PartsOf(resource).Prepend(resource))
            .ToHashSet(ResourceNameComparer.Instance);
        return AppModel.ResourcesIn(value).All(parts.Contains);
    }

    /// <summary>
    /// Whether a resource already exists and the AppHost gives it no properties; its endpoints are then the properties NAME_HOST and
    /// NAME_PORT.
    /// </summary>
    public bool HasEndpointProperties(IResource resource) =>
        PropertiesOf(resource).Count == 0 && AppModel.ExistsAlready(_model, resource) && !resource.HasAnnotationOfType<ServiceAnnotation>();

    /// <summary>The parameters of these resources, such as passwords: their values exist already and cannot be generated.</summary>
    public IEnumerable<ParameterResource> Parameters => _model.Resources.Where(HasEndpointProperties).SelectMany(PartsOf);

    /// <summary>The properties of services that reference the resource.</summary>
    public static IReadOnlyList<EnvironmentProperty> PropertiesOf(IResource resource) =>
        [.. resource.Annotations.OfType<ExistingAnnotation>().SelectMany(annotation => annotation.Properties)];

    /// <summary>Whether connections to a resource, or to one of its databases, require TLS.</summary>
    public bool RequiresTls(IResource resource) => !resource.HasAnnotationOfType<ServiceAnnotation>()
        && AppModel.ChildrenOf(_model, resource).Prepend(resource)
            .Any(part => part.Annotations.OfType<ExistingAnnotation>().LastOrDefault() is { Tls: true });

    private static IEnumerable<ParameterResource> PartsOf(IResource resource) =>
        AppModel.ResourcesIn((resource as IResourceWithConnectionString)?.ConnectionStringExpression).OfType<ParameterResource>();
}
