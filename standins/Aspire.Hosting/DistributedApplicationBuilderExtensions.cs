using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Finds resources that are in the model already.</summary>
public static class DistributedApplicationBuilderExtensions
{
    /// <summary>Configures a resource of the model; throws when there is none of that name and type.</summary>
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name) where T : IResource =>
        builder.TryCreateResourceBuilder<T>(name, out var found)
            ? found
            : throw new InvalidOperationException($"Resource '{name}' of type '{typeof(T)}' was not found.");

    /// <summary>Configures a resource of the model if there is one of that name and type.</summary>
    public static bool TryCreateResourceBuilder<T>(
        this IDistributedApplicationBuilder builder, string name, [NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        resourceBuilder = builder.Resources.TryGetByName(name, out var resource) && resource is T typed ? builder.CreateResourceBuilder(typed) : null;
        return resourceBuilder is not null;
    }
}
