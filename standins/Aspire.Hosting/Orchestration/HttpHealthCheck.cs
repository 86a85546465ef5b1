using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Orchestration;

/// <summary>Healthy while a GET of an endpoint's path answers with the expected status.</summary>
internal sealed class HttpHealthCheck(EndpointReference endpoint, string path, int status, IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
            return HealthCheckResult.Unhealthy("The endpoint has no address yet.");
        try
        {
            using var client = clients.CreateClient();
            using var response = await client.GetAsync(new Uri(new Uri(endpoint.Url), path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode == status
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{path} answered {(int)response.StatusCode}, expected {status}.");
        }
        catch (HttpRequestException e)
        {
            return HealthCheckResult.Unhealthy($"{path} could not be asked.", e);
        }
    }
}
