using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fib.AppHost;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.Tests.Support;

/// <summary>One whole system as the AppHost declares it, on ports of its own.</summary>
internal sealed class FibSystem : IAsyncDisposable
{
    /// <summary>Real stores may first have to be fetched.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(1);

    private static readonly string[] Resources =
        [ResourceNames.Postgres, ResourceNames.Redis, ResourceNames.Api, ResourceNames.Worker, ResourceNames.Web, ResourceNames.Gateway];

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;

    private FibSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication app) => (_builder, _app) = (builder, app);

    /// <summary>Asks the gateway, as a browser does.</summary>
    public HttpClient Gateway { get; private set; } = null!;

    /// <summary>Where the gateway listens.</summary>
    public Uri Address => _app.GetEndpoint(ResourceNames.Gateway);

    /// <summary>Starts a system and waits until the gateway is healthy.</summary>
    /// <param name="args">The AppHost's arguments.</param>
    /// <param name="variables">What the environment of a service has besides, by the service's name.</param>
    /// <param name="dashboard">Whether the dashboard runs too.</param>
    public static async Task<FibSystem> StartAsync(string[] args, Func<string, Dictionary<string, string>>? variables = null, bool dashboard = false)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = dashboard }, ["--Stores=processes", "--Port=0", .. args], deadline.Token);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            foreach (var (name, value) in variables?.Invoke(project.Name) ?? [])
                builder.CreateResourceBuilder(project).WithEnvironment(name, value);
        }

        var system = new FibSystem(builder, await builder.BuildAsync(deadline.Token));
        try
        {
            await system._app.StartAsync(deadline.Token);
            await system._app.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Gateway, deadline.Token);
            system.Gateway = system.CreateClient(ResourceNames.Gateway);
            return system;
        }
        catch (Exception failure) when (failure is DistributedApplicationException or OperationCanceledException)
        {
            var states = await Task.WhenAll(Resources.Select(system.DescribeAsync));
            await system.DisposeAsync();
            throw new InvalidOperationException($"The system did not start: {string.Join(", ", states)}.", failure);
        }
    }

    /// <summary>Where the dashboard is, with the token that logs in.</summary>
    public Task<Uri> GetDashboardAsync() => _app.GetDashboardUrlAsync();

    /// <summary>Asks a service past the gateway.</summary>
    public HttpClient CreateClient(string resource) => _app.CreateHttpClient(resource);

    public async Task<string> GetConnectionStringAsync(string resource) =>
        await _app.GetConnectionStringAsync(resource) ?? throw new InvalidOperationException($"{resource} has no connection string.");

    public Task StopAsync(string resource) => ExecuteAsync(resource, KnownResourceCommands.StopCommand, KnownResourceStates.TerminalStates);

    public async Task StartAsync(string resource)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand, [KnownResourceStates.Running]);
        await WaitUntilHealthyAsync(resource);
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
        var before = (await GetStateAsync(resource)).StartTimeStamp;
        await ExecuteAsync(resource, KnownResourceCommands.RestartCommand, [KnownResourceStates.Running]);
        using var deadline = new CancellationTokenSource(CommandDeadline);
        await _app.ResourceNotifications.WaitForResourceAsync(resource, state => state.Snapshot.StartTimeStamp != before, deadline.Token);
        await WaitUntilHealthyAsync(resource);
    }

    /// <summary>Executes a command that the dashboard offers.</summary>
    public async Task ExecuteAsync(string name, string command)
    {
        using var deadline = new CancellationTokenSource(CommandDeadline);
        var resource = _app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);
        var result = await _app.ResourceCommands.ExecuteCommandAsync(resource, command, deadline.Token);
        Assert.True(result.Success, $"{command} of {name}: {result.Message}");
    }

    /// <summary>A resource's state and start, as the host knows them: the same text as long as the same process runs.</summary>
    public async Task<string> DescribeAsync(string resource)
    {
        var state = await GetStateAsync(resource);
        return $"{resource} {state.State?.Text} since {state.StartTimeStamp:O}";
    }

    /// <summary>What the dashboard shows of a resource under that name, such as container.image, or null.</summary>
    public async Task<string?> GetPropertyAsync(string resource, string name) =>
        (await GetStateAsync(resource)).Properties.SingleOrDefault(property => property.Name == name)?.Value as string;

    public async ValueTask DisposeAsync()
    {
        Gateway?.Dispose();
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
    }

    private async Task<CustomResourceSnapshot> GetStateAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(CommandDeadline);
        return (await _app.ResourceNotifications.WaitForResourceAsync(resource, _ => true, deadline.Token)).Snapshot;
    }

    private async Task WaitUntilHealthyAsync(string resource)
    {
        using var deadline = new CancellationTokenSource(CommandDeadline);
        await _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, deadline.Token);
    }

    private async Task ExecuteAsync(string name, string command, IEnumerable<string> states)
    {
        await ExecuteAsync(name, command);
        using var deadline = new CancellationTokenSource(CommandDeadline);
        await _app.ResourceNotifications.WaitForResourceAsync(name, states, deadline.Token);
    }
}
