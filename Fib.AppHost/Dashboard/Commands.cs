using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Dashboard;

/// <summary>Buttons of the dashboard: what one would otherwise send by hand.</summary>
internal static class Commands
{
    public const string Submit = "submit-sample", Retry = "retry-failed", Clear = "clear-data";

    // Terms of 21 to 836 digits: computed at once, and shown whole.
    private const int SmallestSample = 100, LargestSample = 4_000;

    /// <summary>Submits an index, and makes failed indexes pending again.</summary>
    public static IResourceBuilder<ProjectResource> WithApiCommands(this IResourceBuilder<ProjectResource> api) => api
        .WithHttpCommand("/values", "Submit a sample", commandName: Submit, commandOptions: new HttpCommandOptions
        {
            Description = "Submits a random index; the page shows its term.",
            IconName = "Add",
            PrepareRequest = request =>
            {
                request.Request.Content = JsonContent.Create(new { index = Random.Shared.Next(SmallestSample, LargestSample) });
                return Task.CompletedTask;
            },
        })
        .WithHttpCommand("/values/requeue", "Retry failed indexes", commandName: Retry, commandOptions: new HttpCommandOptions
        {
            Description = "Makes every failed index pending again.",
            IconName = "ArrowClockwise",
        });

    /// <summary>Clears both stores, so that the system is as it was before its first start.</summary>
    /// <param name="database">The database, under which the button is.</param>
    /// <param name="redis">The other store.</param>
    /// <param name="services">The services that hold data of the stores in memory: they are stopped meanwhile.</param>
    public static void WithClearCommand(
        this IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<IResourceWithConnectionString> redis, params IResourceBuilder<IResource>[] services) =>
        database.WithCommand(Clear, "Clear all data", context => ClearAsync(context, database.Resource, redis.Resource, services), new CommandOptions
        {
            Description = "Removes every submission and every term.",
            ConfirmationMessage = "Remove every submission and every term? This cannot be undone.",
            IconName = "Delete",
            UpdateState = state => state.ResourceSnapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
        });

    private static async Task<ExecuteCommandResult> ClearAsync(
        ExecuteCommandContext context, IResourceWithConnectionString database, IResourceWithConnectionString redis, IResourceBuilder<IResource>[] services)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        foreach (var service in services)
            await commands.ExecuteCommandAsync(service.Resource, KnownResourceCommands.StopCommand, context.CancellationToken);
        try
        {
            await StoredData.ClearAsync(database, redis, context.CancellationToken);
            return CommandResults.Success();
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or StackExchange.Redis.RedisException or TimeoutException)
        {
            return CommandResults.Failure($"Not everything was cleared: {exception.Message}");
        }
        finally
        {
            foreach (var service in services)
                await commands.ExecuteCommandAsync(service.Resource, KnownResourceCommands.StartCommand, CancellationToken.None);
        }
    }
}
