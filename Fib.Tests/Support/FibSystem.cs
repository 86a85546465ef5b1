using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fib.AppHost;
using Fib.LocalSystem.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fib.Tests.Support;

/// <summary>
/// A whole system as the AppHost declares it, on free ports. A wait that times out fails with the resource's state and last log lines.
/// </summary>
internal sealed class FibSystem : IAsyncDisposable
{
    /// <summary>A system starts within half a minute, or several times as long on a busy machine.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);

    /// <summary>A request fails or gets a 503 within two seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(30);

    /// <summary>How often a client that repeats a 503 sends a request.</summary>
    private const int MaxAttempts = 6;

    // In the order of their dependencies.
    private static readonly string[] Resources =
        [ResourceNames.Postgres, ResourceNames.Redis, ResourceNames.Worker, ResourceNames.Api, ResourceNames.Web, ResourceNames.Gateway];

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;
    private readonly SystemResources _resources;

    private FibSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication app) =>
        (_builder, _app, _resources) = (builder, app, new SystemResources(app));

    /// <summary>The client of the gateway.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>The address of the gateway.</summary>
    public Uri Address => _app.GetEndpoint(ResourceNames.Gateway);

    /// <summary>Starts a system and waits until every part of it is healthy.</summary>
    /// <param name="args">The AppHost's arguments.</param>
    /// <param name="variables">Additional environment variables of a service, by its name.</param>
    /// <param name="dashboard">Whether to start the dashboard.</param>
    /// <param name="retry">Whether the clients repeat a 503; a test that expects one sets this to false.</param>
    public static async Task<FibSystem> StartAsync(
        string[] args, Func<string, Dictionary<string, string>>? variables = null, bool dashboard = false, bool retry = true)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = dashboard },
            ["--Stores=processes", "--Port=0", .. DirectStart.Arguments, .. args],
            deadline.Token);
        // Each line would be a stack trace, several a second while a resource is stopped.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        // On a busy machine the first requests, whose code is compiled then, may exceed the deadline of 1.5 seconds.
        if (retry)
        {
            builder.Services.AddHttpClient(Options.DefaultName)
                .ConfigurePrimaryHttpMessageHandler(() => new BackPressureHandler(new SocketsHttpHandler(), MaxAttempts));
        }

        foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
            SetVariables(builder.CreateResourceBuilder(project), dashboard, variables?.Invoke(project.Name) ?? []);

        var system = new FibSystem(builder, await builder.BuildAsync(deadline.Token));
        try
        {
            await system.StartAsync();
            system.Gateway = system.CreateClient(ResourceNames.Gateway);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address of the dashboard, with the login token.</summary>
    public Task<Uri> GetDashboardAsync() => _app.GetDashboardUrlAsync();

    /// <summary>A client of a service, without the gateway.</summary>
    public HttpClient CreateClient(string resource)
    {
        var client = _app.CreateHttpClient(resource);
        client.Timeout = RequestDeadline;
        return client;
    }

    public async Task<string> GetConnectionStringAsync(string resource) =>
        await _app.GetConnectionStringAsync(resource) ?? throw new InvalidOperationException($"{resource} has no connection string.");

    public async Task StopAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StopCommand);
        await _resources.UntilAsync(resource, (_, state) => KnownResourceStates.TerminalStates.Contains(state.State?.Text));
    }

    /// <summary>Stops one replica of several, and returns its id.</summary>
    public async Task<string> StopOneAsync(string resource)
    {
        var stopped = (await GetReplicasAsync(resource)).Keys.First();
        var result = await _app.ResourceCommands.ExecuteCommandAsync(stopped, KnownResourceCommands.StopCommand);
        Assert.True(result.Success, result.Message);
        await _resources.UntilAsync(
            resource, (replica, state) => replica != stopped || KnownResourceStates.TerminalStates.Contains(state.State?.Text));
        return stopped;
    }

    /// <summary>The state of each replica by its id.</summary>
    public async Task<Dictionary<string, string?>> GetReplicasAsync(string resource) =>
        (await _resources.UntilAsync(resource, (_, _) => true)).ToDictionary(replica => replica.Key, replica => replica.Value.State?.Text);

    public Task StartAsync(string resource) => StartAnewAsync(resource, KnownResourceCommands.StartCommand);

    /// <summary>Runs a test while a resource is stopped.</summary>
    public async Task WithoutAsync(string resource, Func<Task> test)
    {
        await StopAsync(resource);
        try
        {
            await test();
        }
        finally
        {
            await StartAsync(resource);
        }
    }

    public Task RestartAsync(string resource) => StartAnewAsync(resource, KnownResourceCommands.RestartCommand);

    /// <summary>Executes a command that the dashboard offers.</summary>
    public Task ExecuteAsync(string resource, string command) => _resources.ExecuteAsync(resource, command);

    /// <summary>Executes a command that may fail.</summary>
    public Task<ExecuteCommandResult> TryExecuteAsync(string resource, string command) => _resources.TryExecuteAsync(resource, command);

    /// <summary>The resource's state and start time in the host: unchanged while the same process runs.</summary>
    public async Task<string> DescribeAsync(string resource)
    {
        var state = await _resources.GetStateAsync(resource);
        return $"{resource} {state.State?.Text} since {state.StartTimeStamp:O}";
    }

    /// <summary>The end of a stopped resource: its state, its exit code, and the log lines of it and of the orchestrator.</summary>
    public async Task<(string? State, int? ExitCode, IReadOnlyList<string> Log)> GetEndAsync(string resource)
    {
        var state = await _resources.GetStateAsync(resource);
        return (state.State?.Text, state.ExitCode, await _resources.ReadLogAsync(resource));
    }

    /// <summary>A resource's property in the dashboard, such as container.image, or null.</summary>
    public async Task<string?> GetPropertyAsync(string resource, string name) =>
        (await _resources.GetStateAsync(resource)).Properties.SingleOrDefault(property => property.Name == name)?.Value as string;

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
    }

    /// <summary>StartAsync ends only when everything runs, so failed resources are detected concurrently.</summary>
    private async Task StartAsync()
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var starting = _app.StartAsync(deadline.Token);
        var healthy = UntilAllHealthyAsync();
        if (await Task.WhenAny(starting, healthy) == starting)
            await starting;
        await healthy;
        await starting;
    }

    /// <summary>Waits for the new start first: until the host notices it, a replica still has the state of its last end.</summary>
    private async Task StartAnewAsync(string resource, string command)
    {
        var last = await _resources.UntilAsync(resource, (_, _) => true);
        await ExecuteAsync(resource, command);
        await _resources.UntilAsync(resource, (replica, state) =>
            state.StartTimeStamp is { } start && start != last[replica].StartTimeStamp);
        await _resources.UntilHealthyAsync(resource);
    }

    private async Task UntilAllHealthyAsync()
    {
        foreach (var resource in Resources)
            await _resources.UntilHealthyAsync(resource, StartDeadline);
    }

    private static void SetVariables(IResourceBuilder<ProjectResource> project, bool dashboard, Dictionary<string, string> variables)
    {
        // Without a dashboard the AppHost still sets its default address, where another system's dashboard may listen.
        if (!dashboard)
            project.WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        foreach (var (name, value) in variables)
            project.WithEnvironment(name, value);
    }
}
