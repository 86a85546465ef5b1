using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fib.AppHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Support;

/// <summary>One whole system as the AppHost declares it, on ports of its own. What does not happen in time fails with the resource's state and last log lines.</summary>
internal sealed class FibSystem : IAsyncDisposable
{
    /// <summary>A system starts within half a minute, and takes several times as long on a busy machine.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(4);

    /// <summary>Requests are refused or answered 503 within two seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan RequestDeadline = TimeSpan.FromSeconds(30);

    // In the order in which they wait for each other.
    private static readonly string[] Resources =
        [ResourceNames.Postgres, ResourceNames.Redis, ResourceNames.Worker, ResourceNames.Api, ResourceNames.Web, ResourceNames.Gateway];

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;
    private readonly SystemResources _resources;

    private FibSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication app) => (_builder, _app, _resources) = (builder, app, new SystemResources(app));

    /// <summary>Asks the gateway, as a browser does.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>Where the gateway listens.</summary>
    public Uri Address => _app.GetEndpoint(ResourceNames.Gateway);

    /// <summary>Starts a system and waits until every part of it is healthy.</summary>
    /// <param name="args">The AppHost's arguments.</param>
    /// <param name="variables">What the environment of a service has besides, by the service's name.</param>
    /// <param name="dashboard">Whether the dashboard runs too.</param>
    public static async Task<FibSystem> StartAsync(string[] args, Func<string, Dictionary<string, string>>? variables = null, bool dashboard = false)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = dashboard }, ["--Stores=processes", "--Port=0", .. args], deadline.Token);
        // Each would be a stack trace, several a second while a part is stopped.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
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

    /// <summary>Where the dashboard is, with the token that logs in.</summary>
    public Task<Uri> GetDashboardAsync() => _app.GetDashboardUrlAsync();

    /// <summary>Asks a service past the gateway.</summary>
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
        await _resources.UntilAsync(resource, state => KnownResourceStates.TerminalStates.Contains(state.State?.Text));
    }

    public async Task StartAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand);
        await _resources.UntilHealthyAsync(resource);
    }

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

    public async Task RestartAsync(string resource)
    {
        var before = (await _resources.GetStateAsync(resource)).StartTimeStamp;
        await ExecuteAsync(resource, KnownResourceCommands.RestartCommand);
        await _resources.UntilAsync(resource, state => state.StartTimeStamp != before);
        await _resources.UntilHealthyAsync(resource);
    }

    /// <summary>Executes a command that the dashboard offers.</summary>
    public Task ExecuteAsync(string resource, string command) => _resources.ExecuteAsync(resource, command);

    /// <summary>A resource's state and start, as the host knows them: the same text as long as the same process runs.</summary>
    public async Task<string> DescribeAsync(string resource)
    {
        var state = await _resources.GetStateAsync(resource);
        return $"{resource} {state.State?.Text} since {state.StartTimeStamp:O}";
    }

    /// <summary>How a resource that was stopped ended: its state, its exit code, and everything that it and the orchestrator logged.</summary>
    public async Task<(string? State, int? ExitCode, IReadOnlyList<string> Log)> GetEndAsync(string resource)
    {
        var state = await _resources.GetStateAsync(resource);
        return (state.State?.Text, state.ExitCode, await _resources.ReadLogAsync(resource));
    }

    /// <summary>What the dashboard shows of a resource under that name, such as container.image, or null.</summary>
    public async Task<string?> GetPropertyAsync(string resource, string name) =>
        (await _resources.GetStateAsync(resource)).Properties.SingleOrDefault(property => property.Name == name)?.Value as string;

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
    }

    /// <summary>The start ends when everything runs, so what fails meanwhile is looked for beside it.</summary>
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

    private async Task UntilAllHealthyAsync()
    {
        foreach (var resource in Resources)
            await _resources.UntilHealthyAsync(resource, StartDeadline);
    }

    private static void SetVariables(IResourceBuilder<ProjectResource> project, bool dashboard, Dictionary<string, string> variables)
    {
        // Without a dashboard the AppHost still names its usual address, where another system's may be.
        if (!dashboard)
            project.WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        foreach (var (name, value) in variables)
            project.WithEnvironment(name, value);
    }
}
