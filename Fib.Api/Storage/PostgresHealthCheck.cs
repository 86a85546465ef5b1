using Fib.Api.Terms;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Ready while PostgreSQL answers a query.</summary>
internal sealed class PostgresHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarInTimeAsync(cancellationToken).WaitAsync(TermsExtensions.StoreDeadline, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (StoreFailure.Is(failure))
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
        }
    }
}
