using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting;

/// <summary>Healthy while a database answers a query.</summary>
internal sealed class PostgresHealthCheck(PostgresServerResource server, string database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!server.PrimaryEndpoint.IsAllocated)
            return HealthCheckResult.Unhealthy("The endpoint has no address yet.");
        try
        {
            await using var connection = await PostgresDatabases.ConnectAsync(server, database, cancellationToken);
            await using var command = new NpgsqlCommand("SELECT 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy($"The database '{database}' could not be asked.", e);
        }
    }
}
