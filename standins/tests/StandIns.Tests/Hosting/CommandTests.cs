using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace StandIns.Tests.Hosting;

/// <summary>Single resources are stopped, started and restarted, and end by themselves.</summary>
public class CommandTests
{
    [Fact]
    public async Task A_restart_is_a_new_process_at_the_same_address()
    {
        await using var app = await StartAsync();
        var (address, before) = (app.GetEndpoint("web"), await ProcessAsync(app));

        var result = await app.ResourceCommands.ExecuteCommandAsync("web", KnownResourceCommands.RestartCommand);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Deadline.Token);

        Assert.True(result.Success);
        Assert.Equal(address, app.GetEndpoint("web"));
        Assert.NotEqual(before, await ProcessAsync(app));
    }

    [Fact]
    public async Task A_stopped_resource_stays_stopped_until_it_is_started()
    {
        await using var app = await StartAsync();

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("web", KnownResourceCommands.StopCommand)).Success);
        Assert.True(app.ResourceNotifications.TryGetCurrentState("web", out var stopped));
        Assert.Contains(stopped.Snapshot.State!.Text, KnownResourceStates.TerminalStates);
        await Assert.ThrowsAsync<HttpRequestException>(() => ProcessAsync(app));

        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("web", KnownResourceCommands.StartCommand)).Success);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Deadline.Token);
        Assert.NotEqual(0, await ProcessAsync(app));
    }

    [Fact]
    public async Task A_second_start_and_an_unknown_command_fail_with_a_message()
    {
        await using var app = await StartAsync();

        var second = await app.ResourceCommands.ExecuteCommandAsync("web", KnownResourceCommands.StartCommand);
        var unknown = await app.ResourceCommands.ExecuteCommandAsync("web", "dance");

        Assert.Equal("'web' is running already.", second.Message);
        Assert.Equal("Resource 'web' has no command 'dance'.", unknown.Message);
    }

    [Fact]
    public async Task A_crash_is_shown_with_its_code_and_who_waits_for_it_fails_too()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        var crash = builder.AddExecutable("crash", "sh", ".", "-c", "echo last words; exit 3");
        var after = builder.AddExecutable("after", "sleep", ".", "60").WaitForCompletion(crash);
        builder.AddExecutable("finish", "true", ".");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);

        var crashed = await app.ResourceNotifications.WaitForResourceAsync("crash", e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), Deadline.Token);
        await app.ResourceNotifications.WaitForResourceAsync(after.Resource.Name, KnownResourceStates.FailedToStart, Deadline.Token);
        var finished = await app.ResourceNotifications.WaitForResourceAsync("finish", e => e.Snapshot.ExitCode is not null, Deadline.Token);

        Assert.Equal((KnownResourceStates.Exited, 3), (crashed.Snapshot.State!.Text, crashed.Snapshot.ExitCode));
        Assert.Equal((KnownResourceStates.Finished, 0), (finished.Snapshot.State!.Text, finished.Snapshot.ExitCode));
    }

    [Fact]
    public async Task An_explicit_start_waits_for_its_command()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("later", "sleep", ".", "60").WithExplicitStart();
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);

        await app.ResourceNotifications.WaitForResourceAsync("later", KnownResourceStates.NotStarted, Deadline.Token);
        await app.ResourceCommands.ExecuteCommandAsync("later", KnownResourceCommands.StartCommand);

        await app.ResourceNotifications.WaitForResourceAsync("later", KnownResourceStates.Running, Deadline.Token);
    }

    private static async Task<DistributedApplication> StartAsync()
    {
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject("web", new Projects.Sample_Web().ProjectPath).WithHttpHealthCheck("/health");
        var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", Deadline.Token);
        return app;
    }

    private static async Task<int> ProcessAsync(DistributedApplication app)
    {
        using var client = app.CreateHttpClient("web");
        return (await client.GetFromJsonAsync<JsonElement>("/process")).GetProperty("processId").GetInt32();
    }
}
