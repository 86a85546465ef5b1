namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>Marks a resource that already exists; services that reference it get these properties.</summary>
internal sealed record ExistingAnnotation(IReadOnlyList<EnvironmentProperty> Properties) : IResourceAnnotation
{
    /// <summary>Whether connection strings require TLS; only without properties.</summary>
    public bool Tls { get; init; }
}
