using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.AppHost.Dashboard;

namespace Fib.Tests.Unit.AppHost.Dashboard;

/// <summary>The command that clears the stores, with services whose commands fail and a database that is unavailable.</summary>
public sealed class ClearCommandTests
{
    private static readonly string Stop = KnownResourceCommands.StopCommand, Start = KnownResourceCommands.StartCommand;

    private readonly List<string> _executed = [];

    [Fact]
    public async Task Clear_AServiceDoesNotStop_DeletesNothingAndStartsTheOthers()
    {
        var result = await ClearAsync(failing: $"{Stop} of worker", ("api", "Running"), ("worker", "Running"));
        Assert.Equal($"Nothing was cleared: {Stop} of worker failed: broken", result.Message);
        Assert.Equal([$"{Start} of api", $"{Stop} of api", $"{Stop} of worker"], _executed.Order());
    }

    [Fact]
    public async Task Clear_AServiceDoesNotStart_ReportsIt()
    {
        var result = await ClearAsync(failing: $"{Start} of api", ("api", "Running"), ("worker", "Running"));
        Assert.Matches($"^Not everything was cleared: .+; {Start} of api failed: broken$", result.Message);
    }

    [Theory]
    [InlineData("Exited")]
    [InlineData("Finished")]
    [InlineData("FailedToStart")]
    [InlineData("NotStarted")]
    [InlineData("Waiting")]
    public async Task Clear_AServiceHasNoProcess_LeavesItAlone(string state)
    {
        await ClearAsync(failing: "", ("api", "Running"), ("worker", state));
        Assert.Equal([$"{Stop} of api", $"{Start} of api"], _executed);
    }

    private async Task<ExecuteCommandResult> ClearAsync(string failing, params (string Name, string State)[] services)
    {
        var builder = DistributedApplication.CreateBuilder([]);
        // No server listens on port 1.
        var database = builder.AddConnectionString("database", ReferenceExpression.Create($"Host=127.0.0.1;Port=1"));
        var redis = builder.AddConnectionString("redis", ReferenceExpression.Create($"127.0.0.1:1"));
        var resources = services.Select(service => AddService(builder, service.Name, failing)).ToArray();
        database.WithClearCommand(redis, resources);
        await using var app = builder.Build();
        foreach (var (resource, service) in resources.Zip(services))
            await app.ResourceNotifications.PublishUpdateAsync(resource.Resource, last => last with { State = service.State });

        var result = await app.ResourceCommands.ExecuteCommandAsync(database.Resource, ClearCommand.Name);

        Assert.False(result.Success);
        return result;
    }

    private IResourceBuilder<Service> AddService(IDistributedApplicationBuilder builder, string name, string failing)
    {
        var service = builder.AddResource(new Service(name))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = nameof(Service), Properties = [] });
        foreach (var command in (string[])[Stop, Start])
        {
            service.WithCommand(command, command, _ =>
            {
                _executed.Add($"{command} of {name}");
                return Task.FromResult(failing == $"{command} of {name}" ? CommandResults.Failure("broken") : CommandResults.Success());
            });
        }

        return service;
    }

    private sealed class Service(string name) : Resource(name);
}
