using System.Security.Cryptography;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Reporting;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the application: claims ports and data first, then starts every resource as soon as what it waits for is there.</summary>
internal sealed class RunEngine(
    DistributedApplicationModel model, RunSession session, AppHost appHost, IConfiguration configuration, IDistributedApplicationEventing eventing,
    ResourceNotificationService states, ResourceLoggerService logs, HealthMonitor health, IServiceProvider services, DistributedApplicationExecutionContext mode, DistributedApplicationOptions options) : IHostedService, IAsyncDisposable, IDisposable
{
    private const string SuffixLetters = "abcdefghijklmnopqrstuvwxyz";

    private readonly CancellationTokenSource _stop = new();
    private readonly List<ResourceInstance> _instances = [];
    private readonly List<Task> _background = [];
    private LogFiles? _files;
    private LogForwarder? _forwarder;
    private Task? _stopped;

    public IReadOnlyList<ResourceInstance> Instances => _instances;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new HostRefusal("The stand-in host runs on Linux only; use the real Aspire packages here.");
        var outputs = new ProjectOutputs(appHost, session, configuration);
        CreateInstances(new Recipes(outputs).For(model));
        await AllocateAsync(cancellationToken);
        _files = new LogFiles(session.Logs, logs);
        _forwarder = options.EnableResourceLogging ? new LogForwarder(logs, services.GetRequiredService<ILoggerFactory>(), appHost.Name) : null;
        var report = services.GetService<ConsoleReport>();
        report?.Begin(_instances, _files);
        Background(health.RunAsync);
        Background(new ChildStates(model, states).RunAsync);
        if (report is not null)
            Background(cancellationToken => Task.WhenAll(report.RunAsync(cancellationToken), report.RemindAsync(cancellationToken)));
        Background(new ModelResources(model, states, logs, eventing, services).RunAsync);
        foreach (var instance in _instances)
            await LaunchAsync(instance);
        if (outputs.Watching)
            Background(new SourceWatcher(_instances, logs, outputs).RunAsync);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _stopped ??= StopAllAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
        foreach (var instance in _instances)
            instance.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task StopAllAsync()
    {
        await _stop.CancelAsync();
        var order = new StopOrder();
        foreach (var level in _instances.GroupBy(i => order.Depth(i.Resource)).OrderByDescending(g => g.Key))
            await Task.WhenAll(level.Select(i => i.StopAsync(CancellationToken.None)));
        await Task.WhenAll(_background).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _files?.Dispose();
        _forwarder?.Dispose();
        session.Dispose();
    }

    private void CreateInstances(Dictionary<IResource, IProcessRecipe> recipes)
    {
        var shared = new InstanceServices(services, states, logs, eventing, mode);
        var order = new StopOrder();
        foreach (var (resource, recipe) in recipes)
        {
            _ = order.Depth(resource);
            var names = Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => $"{resource.Name}-{RandomNumberGenerator.GetString(SuffixLetters, 8)}").ToList();
            resource.Annotations.Add(new InstanceNames(names));
            _instances.AddRange(names.Select(name => new ResourceInstance(resource, name, recipe, shared)));
            recipe.Claim(resource, session);
        }
    }

    private async Task AllocateAsync(CancellationToken cancellationToken)
    {
        var allocator = new EndpointAllocator(session);
        foreach (var resource in model.Resources.OfType<IResourceWithEndpoints>().ToList())
        {
            allocator.Allocate(resource, [.. _instances.Where(i => i.Resource == resource)]);
            await states.PublishUpdateAsync(resource, s => s with
            {
                Urls = [.. resource.GetEndpoints().Select(e => new UrlSnapshot(e.EndpointName, e.Url, IsInternal: false))],
            });
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken);
        }
        foreach (var resource in model.Resources.OfType<IResourceWithConnectionString>().Where(r => r is not ParameterResource).ToList())
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
    }

    private async Task LaunchAsync(ResourceInstance instance)
    {
        if (instance.Resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            await states.PublishUpdateAsync(instance.Resource, instance.Name, s => s with { State = KnownResourceStates.NotStarted });
            return;
        }
        Background(cancellationToken => instance.StartAsync(wait: true, cancellationToken));
    }

    // A failure is published as a state and written to the resource's log where it happens.
    private void Background(Func<CancellationToken, Task> work) => _background.Add(Task.Run(() => work(_stop.Token)));
}
