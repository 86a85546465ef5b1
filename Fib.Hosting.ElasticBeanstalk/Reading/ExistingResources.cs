namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The resources that are handed over as properties.</summary>
internal sealed class ExistingResources
{
    private readonly Dictionary<IResource, IResource> _ownerOf = [];

    public ExistingResources(DistributedApplicationModel model)
    {
        foreach (var store in model.Resources.Where(resource => resource.HasAnnotationOfType<ExistingAnnotation>()))
        {
            _ownerOf[store] = store;
            // Its generated password stands in variables of its own, which do not mention it.
            foreach (var part in AppModel.ResourcesIn((store as IResourceWithConnectionString)?.ConnectionStringExpression).OfType<ParameterResource>())
                _ownerOf[part] = store;
        }
    }

    /// <summary>The store that a value belongs to, or null.</summary>
    public IResource? Find(object value) => AppModel.ResourcesIn(value).Select(resource => _ownerOf.GetValueOrDefault(resource)).FirstOrDefault(owner => owner is not null);

    /// <summary>What whoever refers to the store gets.</summary>
    public static IReadOnlyList<EnvironmentProperty> PropertiesOf(IResource store) =>
        [.. store.Annotations.OfType<ExistingAnnotation>().SelectMany(annotation => annotation.Properties)];
}
