using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Publishing.Reading;

/// <summary>The resources that are handed over as properties.</summary>
internal sealed class Stores
{
    private readonly Dictionary<IResource, IResource> _ownerOf = [];

    public Stores(DistributedApplicationModel model)
    {
        foreach (var store in model.Resources.Where(resource => resource.HasAnnotationOfType<EnvironmentPropertiesAnnotation>()))
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
        [.. store.Annotations.OfType<EnvironmentPropertiesAnnotation>().SelectMany(annotation => annotation.Properties)];
}
