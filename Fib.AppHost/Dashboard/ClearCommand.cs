using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using StackExchange.Redis;

namespace Fib.AppHost.Dashboard;

/// <summary>The command of the dashboard that clears both stores.</summary>
internal static class ClearCommand
{
    public const string Name = "clear-data";

    /// <summary>Adds the command.</summary>
    /// <param name="database">The database, which gets the command.</param>
    /// <param name="redis">Redis.</param>
    /// <param name="services">The services that cache data of the stores; those that run are stopped meanwhile.</param>
    public static void WithClearCommand(
        this IResourceBuilder<IResourceWithConnectionString> database,
        IResourceBuilder<IResourceWithConnectionString> redis, params IResourceBuilder<IResource>[] services) =>
        database.WithCommand(
            Name, "Clear all data",
            context => ClearAsync(context, database.Resource, redis.Resource, [.. services.Select(service => service.Resource)]),
            new CommandOptions
        {
            Description = "Removes every submission and every term.",
            ConfirmationMessage = "Remove every submission and every term? This cannot be undone.",
            IconName = "Delete",
            UpdateState = state => state.ResourceSnapshot.HealthStatus == HealthStatus.Healthy
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
        });

    private static async Task<ExecuteCommandResult> ClearAsync(
        ExecuteCommandContext context, IResourceWithConnectionString database, IResourceWithConnectionString redis, IResource[] services)
    {
        var instances = new ServiceInstances(context.Services, services);
        var running = await instances.FindRunningAsync(context.CancellationToken);
        var (stopped, problem) = await instances.ExecuteAsync(KnownResourceCommands.StopCommand, running, context.CancellationToken);
        problem = problem is null
            ? await TryDeleteDataAsync(database, redis, context.CancellationToken)
            : $"Nothing was cleared: {problem}";
        var (_, startProblem) = await instances.ExecuteAsync(KnownResourceCommands.StartCommand, stopped, CancellationToken.None);
        string[] problems = [.. new[] { problem, startProblem }.OfType<string>()];
        return problems.Length == 0 ? CommandResults.Success() : CommandResults.Failure(string.Join("; ", problems));
    }

    /// <returns>Why the data were not deleted, or null.</returns>
    private static async Task<string?> TryDeleteDataAsync(
        IResourceWithConnectionString database, IResourceWithConnectionString redis, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteDataAsync(database, redis, cancellationToken);
            return null;
        }
        catch (Exception exception) when (
            exception is NpgsqlException or RedisException or TimeoutException or OperationCanceledException)
        {
            return $"Not everything was cleared: {exception.Message}";
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
