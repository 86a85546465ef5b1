using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;

namespace Fib.AppHost.Dashboard;

/// <summary>The commands of the dashboard.</summary>
internal static class DashboardCommands
{
    public const string Submit = "submit-sample", Retry = "retry-failed", Clear = "clear-data";

    // Their terms have 21 to 836 digits: computed within milliseconds, and displayed completely.
    private const int SmallestSample = 100, LargestSample = 4_000;

    /// <summary>Adds the commands that submit an index and that make failed indexes pending again.</summary>
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

    /// <summary>Adds the command that clears both stores.</summary>
    /// <param name="database">The database, which gets the command.</param>
    /// <param name="redis">Redis.</param>
    /// <param name="services">The services that cache data of the stores; they are stopped meanwhile.</param>
    public static void WithClearCommand(
        this IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithConnectionString> redis, params IResourceBuilder<IResource>[] services) =>
        database.WithCommand(
            Clear, "Clear all data", context => ClearAsync(context, database.Resource, redis.Resource, services), new CommandOptions
        {
            Description = "Removes every submission and every term.",
            ConfirmationMessage = "Remove every submission and every term? This cannot be undone.",
            IconName = "Delete",
            UpdateState = state => state.ResourceSnapshot.HealthStatus == HealthStatus.Healthy
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
        });

    private static async Task<ExecuteCommandResult> ClearAsync(
        ExecuteCommandContext context, IResourceWithConnectionString database, IResourceWithConnectionString redis,
        IResourceBuilder<IResource>[] services)
    {
        var commands = context.Services.GetRequiredService<ResourceCommandService>();
        foreach (var service in services)
            await commands.ExecuteCommandAsync(service.Resource, KnownResourceCommands.StopCommand, context.CancellationToken);
        try
        {
            await DeleteDataAsync(database, redis, context.CancellationToken);
            return CommandResults.Success();
        }
        catch (Exception exception) when (exception is NpgsqlException or RedisException or TimeoutException)
        {
            return CommandResults.Failure($"Not everything was cleared: {exception.Message}");
        }
        finally
        {
            foreach (var service in services)
                await commands.ExecuteCommandAsync(service.Resource, KnownResourceCommands.StartCommand, CancellationToken.None);
        }
    }

    /// <summary>The api creates its tables again when it starts.</summary>
    private static async Task DeleteDataAsync(
        IResourceWithConnectionString database, IResourceWithConnectionString redis, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create((await database.GetConnectionStringAsync(cancellationToken))!);
        await using var command = source.CreateCommand("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        await command.ExecuteNonQueryAsync(cancellationToken);

        await using var connection = await ConnectionMultiplexer.ConnectAsync((await redis.GetConnectionStringAsync(cancellationToken))!);
        await connection.GetDatabase().ExecuteAsync("FLUSHDB");
    }
}
