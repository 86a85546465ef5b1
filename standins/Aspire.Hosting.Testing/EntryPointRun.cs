using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>One run of an app host's entry point on a thread of its own: it stops in Build until the test builds, and in Run until the test is done.</summary>
internal sealed class EntryPointRun(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderHook, IAsyncDisposable, IDisposable
{
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _build = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    public override Task Stopped => _stopped.Task;

    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = entryPoint.Assembly.EntryPoint ?? throw new InvalidOperationException($"Assembly of specified type {entryPoint.Name} does not have an entry point.");
        var thread = new Thread(() => Run(main)) { IsBackground = true, Name = "app host" };
        thread.Start();
        return _builder.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _build.TrySetResult();
        return _application.Task.WaitAsync(cancellationToken);
    }

    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestSettings.Apply(entryPoint.Assembly, TestSettings.Folder(entryPoint), args, options, settings, configure);

    public override void Constructed(DistributedApplicationBuilder builder)
    {
        // The model is complete only when the app host's code asks to build it.
    }

    public override void Building(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _build.Task.GetAwaiter().GetResult();
    }

    public override void Built(DistributedApplication application) => _application.TrySetResult(application);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _build.TrySetException(new OperationCanceledException("The test is done."));
        if (_application.Task.IsCompletedSuccessfully)
            await (await _application.Task).DisposeAsync();
        _stopped.TrySetResult();
    }

    private void Run(MethodInfo main)
    {
        Current = this;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            Fail(new InvalidOperationException($"The app host of {entryPoint} ended without building an application."));
        }
        catch (TargetInvocationException e)
        {
            Fail(e.InnerException!);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        _builder.TrySetException(e);
        _application.TrySetException(e);
    }
}
