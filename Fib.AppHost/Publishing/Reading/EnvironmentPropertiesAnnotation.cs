using Aspire.Hosting.ApplicationModel;

namespace Fib.AppHost.Publishing.Reading;

/// <summary>Hands a store to whoever refers to it as these properties.</summary>
internal sealed record EnvironmentPropertiesAnnotation(IReadOnlyList<EnvironmentProperty> Properties) : IResourceAnnotation;
