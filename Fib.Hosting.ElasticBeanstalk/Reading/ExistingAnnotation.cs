namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Hands a store to whoever refers to it as these properties.</summary>
internal sealed record ExistingAnnotation(IReadOnlyList<EnvironmentProperty> Properties) : IResourceAnnotation;
