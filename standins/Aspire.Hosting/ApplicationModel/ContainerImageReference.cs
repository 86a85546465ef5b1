namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image a resource is deployed as, decided when it is built.</summary>
public class ContainerImageReference(IResource resource) : IManifestExpressionProvider, IValueWithReferences, IValueProvider
{
    /// <summary>The resource the image is built from.</summary>
    public IResource Resource { get; } = resource;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Resource.Name}.containerImage}}";

    /// <inheritdoc />
    public IEnumerable<object> References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"The image of '{Resource.Name}' is not known here.");
}
