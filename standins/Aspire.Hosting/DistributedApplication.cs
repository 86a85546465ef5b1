using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting;

/// <summary>An application of resources, ready to run or to be published.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private Task? _prepared;

    /// <summary>An application over a host.</summary>
    public DistributedApplication(IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
        ResourceNotifications = host.Services.GetRequiredService<ResourceNotificationService>();
        ResourceCommands = host.Services.GetRequiredService<ResourceCommandService>();
    }

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>What state the resources are in.</summary>
    public ResourceNotificationService ResourceNotifications { get; }

    /// <summary>Starts, stops and restarts single resources.</summary>
    public ResourceCommandService ResourceCommands { get; }

    /// <summary>Starts a model with the process's own command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder(Environment.GetCommandLineArgs()[1..]);

    /// <summary>Starts a model with a command line.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>Starts a model with options.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) =>
        new DistributedApplicationBuilder(options);

    /// <summary>Starts the application; what waits for others goes on starting after this returns.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await (_prepared ??= StartHooks.RunAsync(Services, cancellationToken));
        await _host.StartAsync(cancellationToken);
    }

    /// <summary>Stops every resource, in reverse order.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <summary>Runs until Ctrl-C or SIGTERM, or publishes; a failure is one line on the error stream and exit code 1.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until stopped, or publishes.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (BuilderHook.Current is { } test)
        {
            await test.Stopped.WaitAsync(cancellationToken);
            return;
        }
        try
        {
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        catch (Exception) when (Services.GetService<RunEngine>() is not null)
        {
            await _host.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <inheritdoc />
    public virtual void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            _host.Dispose();
        GC.SuppressFinalize(this);
    }
}
