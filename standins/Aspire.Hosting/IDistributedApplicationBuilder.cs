using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The app host's configuration.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The app host's folder.</summary>
    string AppHostDirectory { get; }

    /// <summary>The app host's assembly.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The app host's environment.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>The app host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>What happens to the application and its resources.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>Run or publish.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>The steps publishing takes.</summary>
    [Experimental("ASPIREPIPELINES001")]
    IDistributedApplicationPipeline Pipeline { get; }

    /// <summary>Adds a resource; its name must be new and well formed.</summary>
    IResourceBuilder<T> AddResource<T>(T resource) where T : IResource;

    /// <summary>Configures a resource without adding it.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource;

    /// <summary>Makes the application.</summary>
    DistributedApplication Build();
}
