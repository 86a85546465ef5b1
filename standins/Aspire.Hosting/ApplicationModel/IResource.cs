namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something the application is made of: a name and what is known about it.</summary>
public interface IResource
{
    /// <summary>The name, unique in the model regardless of case.</summary>
    string Name { get; }

    /// <summary>Everything else: endpoints, environment, waits, health checks.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
