namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part added to those a connection string has.</summary>
public sealed class ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression) : IResourceAnnotation
{
    /// <summary>The part's name.</summary>
    public string Name { get; } = name;

    /// <summary>The part's value.</summary>
    public ReferenceExpression Value { get; } = referenceExpression;
}
