using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Orchestration;

/// <summary>One process of a resource: waits, starts, watches and stops it, and publishes its state. Commands take turns.</summary>
internal sealed class ResourceInstance(IResource resource, string name, IProcessRecipe recipe, InstanceServices services) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource _starting = new();
    private ChildProcess? _process;
    private Task _watch = Task.CompletedTask;
    private bool _stopping;
    private bool _overtaken;

    public IResource Resource { get; } = resource;

    /// <summary>The resource's name and a suffix of its own.</summary>
    public string Name { get; } = name;

    /// <summary>What <see cref="LaunchTokens"/> stand for here.</summary>
    public Dictionary<string, string> Tokens { get; } = new() { [LaunchTokens.InstanceId] = name[(resource.Name.Length + 1)..], [LaunchTokens.ResourceName] = resource.Name };

    public bool Is(string nameOrId) => nameOrId.Equals(Name, StringComparison.OrdinalIgnoreCase) || nameOrId.Equals(Resource.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Starts it, once what it waits for is there; on command (without waiting) it overtakes a start that still waits.</summary>
    public async Task StartAsync(bool wait, CancellationToken cancellationToken)
    {
        _overtaken = !wait;
        if (_overtaken)
            await _starting.CancelAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_process is not null)
                throw new DistributedApplicationException($"'{Resource.Name}' is running already.");
            _overtaken = false;
            _starting = new();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _starting.Token);
            await LaunchAsync(wait, either.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops it, or gives up a start under way; nothing happens when it does not run.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _starting.CancelAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_process is null)
                return;
            _stopping = true;
            await PublishAsync(s => s with { State = KnownResourceStates.Stopping });
            await _process.StopAsync(Grace);
            await _watch;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        await StartAsync(wait: false, cancellationToken);
    }

    public void Dispose()
    {
        _starting.Dispose();
        _turn.Dispose();
    }

    private async Task LaunchAsync(bool wait, CancellationToken cancellationToken)
    {
        try
        {
            if (wait && Resource.HasAnnotationOfType<WaitAnnotation>())
            {
                await PublishAsync(s => s with { State = KnownResourceStates.Waiting });
                await services.States.WaitForDependenciesAsync(Resource, cancellationToken);
            }
            await PublishAsync(s => s with { State = KnownResourceStates.Starting, ExitCode = null, StopTimeStamp = null, HealthReports = HealthMonitor.Pending(Resource), Ready = null });
            await services.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, services.Provider), cancellationToken);
            var spec = await recipe.PrepareAsync(new(Resource, Tokens, services.Mode, services.Logs.GetLogger(Name)), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            _stopping = false;
            _process = await ChildProcess.StartAsync(spec, services.Logs.Log(Name).Write);
        }
        catch (Exception e)
        {
            await FailAsync(e);
            throw;
        }
        _watch = WatchAsync(_process);
    }

    private async Task FailAsync(Exception e)
    {
        var cancelled = e is OperationCanceledException;
        // The start that overtakes this one goes on from its state: who waits for the resource goes on waiting.
        if (cancelled && _overtaken)
            return;
        if (!cancelled)
            services.Logs.Log(Name).Write(e is DistributedApplicationException ? e.Message : e.ToString(), isError: true);
        await PublishAsync(s => s with
        {
            State = cancelled ? KnownResourceStates.Exited : new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            StopTimeStamp = InstanceServices.Now,
        });
    }

    private async Task WatchAsync(ChildProcess process)
    {
        var started = InstanceServices.Now;
        var id = new ResourcePropertySnapshot("executable.pid", process.Id);
        await PublishAsync(s => s with
        {
            State = new(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = started,
            Properties = [.. s.Properties.Where(p => p.Name != id.Name), id],
        });
        var code = await process.Ended;
        _process = null;
        var state = code == 0 && !_stopping ? KnownResourceStates.Finished : KnownResourceStates.Exited;
        await PublishAsync(s => s with { State = new(state, code == 0 || _stopping ? null : KnownResourceStateStyles.Error), ExitCode = code, StopTimeStamp = InstanceServices.Now });
        if (services.States.TryGetCurrentState(Name, out var ended))
            await services.Eventing.PublishAsync(new ResourceStoppedEvent(Resource, services.Provider, ended), CancellationToken.None);
    }

    private Task PublishAsync(Func<CustomResourceSnapshot, CustomResourceSnapshot> change) => services.States.PublishUpdateAsync(Resource, Name, change);
}
