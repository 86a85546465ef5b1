namespace Aspire.Hosting;

/// <summary>A resource others find under its name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
