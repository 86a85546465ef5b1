namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Gives these properties to services that refer to a resource which exists already.</summary>
internal sealed record ExistingAnnotation(IReadOnlyList<EnvironmentProperty> Properties) : IResourceAnnotation;
