namespace Aspire.Hosting.ApplicationModel;

/// <summary>The port a project's container listens on, decided when it is deployed.</summary>
public class ContainerPortReference(IResource resource) : IManifestExpressionProvider, IValueWithReferences, IValueProvider
{
    /// <summary>The resource that runs in the container.</summary>
    public IResource Resource { get; } = resource;

    /// <inheritdoc />
    public string ValueExpression => $"{{{Resource.Name}.containerPort}}";

    /// <inheritdoc />
    public IEnumerable<object> References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"The container port of '{Resource.Name}' is not known here.");
}
