using System.Reflection;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Pipelines;

namespace Aspire.Hosting;

/// <summary>Builds an application of resources.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly DistributedApplicationExecutionContextOptions _mode;
    private readonly BuilderHook? _hook = BuilderHook.Current;

    /// <summary>Starts with a command line.</summary>
    public DistributedApplicationBuilder(string[] args) : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Starts with options.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OneLine.Install();
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        settings.Configuration.AddEnvironmentVariables("ASPIRE_");
        _hook?.Constructing(options, settings);
        _host = new HostApplicationBuilder(settings);
        AppHostDirectory = Path.GetFullPath(options.ProjectDirectory ?? _host.Environment.ContentRootPath);
        AppHostPath = Path.Join(AppHostDirectory, _host.Environment.ApplicationName);
        _mode = AppHostConfiguration.Apply(_host.Configuration, options, AppHostDirectory, AppHostPath, _host.Environment.ApplicationName);
        ExecutionContext = new DistributedApplicationExecutionContext(_mode);
        HostServices.Add(_host, this, options);
        _hook?.Constructed(this);
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <summary>The app host's folder and name.</summary>
    public string AppHostPath { get; }

    /// <inheritdoc />
    public Assembly? AppHostAssembly => _options.Assembly;

    /// <inheritdoc />
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc />
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IDistributedApplicationPipeline Pipeline { get; } = new Pipeline();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ModelName.Check("Resource", resource.Name);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => new ResourceBuilder<T>(this, resource);

    /// <inheritdoc />
    public DistributedApplication Build()
    {
        _hook?.Building(this);
        var application = new DistributedApplication(_host.Build());
        _mode.Services = application.Services;
        _hook?.Built(application);
        return application;
    }
}
