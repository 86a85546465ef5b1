using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>Healthy while PostgreSQL answers a query.</summary>
internal sealed class PostgresHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarInTimeAsync(cancellationToken).WaitAsync(StoreUnavailable.Deadline, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (StoreFailure.Is(exception))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        }
    }
}
