using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace StandIns.Tests.Hosting;

/// <summary>An edit to a project's source reaches the running application.</summary>
public sealed class WatchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Project => Path.Combine(_folder.Path, "Edited.csproj");

    private string Source => Path.Combine(_folder.Path, "Program.cs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_edit_restarts_only_what_is_built_from_it_and_an_error_restarts_nothing()
    {
        await BuildAsync();
        var builder = DistributedApplicationTestingBuilder.Create("--Watch", "true");
        builder.AddProject("edited", Project).WithHttpEndpoint().WithHttpHealthCheck("/process");
        builder.AddProject("other", new Projects.Sample_Web().ProjectPath).WithHttpHealthCheck("/health");
        await using var app = await builder.BuildAsync();
        await app.StartAsync(Deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("edited", Deadline.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("other", Deadline.Token);
        var (before, other) = (await ProcessAsync(app, "edited"), await ProcessAsync(app, "other"));

        await File.WriteAllTextAsync(Source, "this does not compile");
        await LoggedAsync(app, "The build failed");
        Assert.Equal(before.Id, (await ProcessAsync(app, "edited")).Id);

        await File.WriteAllTextAsync(Source, Text("second"));
        await LoggedAsync(app, "Built: restarting.");
        await app.ResourceNotifications.WaitForResourceAsync(
            "edited", e => e.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy && e.Snapshot.ExitCode is null && Id(e) != before.Id, Deadline.Token);

        var after = await ProcessAsync(app, "edited");
        Assert.Equal(("first", "second"), (before.Answer, after.Answer));
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(other, await ProcessAsync(app, "other"));
    }

    private static int Id(ResourceEvent e) => (int)e.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value!;

    private static string Text(string answer) => $$"""
        var app = WebApplication.Create(args);
        app.MapGet("/process", () => new { Environment.ProcessId, Answer = "{{answer}}" });
        app.Run();
        """;

    private static async Task<(int Id, string Answer)> ProcessAsync(DistributedApplication app, string resource)
    {
        using var client = app.CreateHttpClient(resource);
        var process = await client.GetFromJsonAsync<JsonElement>("/process");
        return (process.GetProperty("processId").GetInt32(), process.GetProperty("answer").GetString()!);
    }

    private static async Task LoggedAsync(DistributedApplication app, string text)
    {
        var project = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == "edited");
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(project).WithCancellation(Deadline.Token))
            if (lines.Any(l => l.Content.Contains(text, StringComparison.Ordinal)))
                return;
    }

    private async Task BuildAsync()
    {
        await File.WriteAllTextAsync(Project, """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Source, Text("first"));
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", Project, "-nologo", "-v", "q"]) { RedirectStandardOutput = true })!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
    }
}
