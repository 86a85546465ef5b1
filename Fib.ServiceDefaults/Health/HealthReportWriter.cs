using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Fib.ServiceDefaults.Health;

/// <summary>Readiness as JSON: the whole state and each check's, with its description but never an exception.</summary>
internal static class HealthReportWriter
{
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new HealthResponse(
                report.Status.ToString(),
                report.Entries.ToDictionary(entry => entry.Key, entry => new HealthResponseEntry(entry.Value.Status.ToString(), entry.Value.Description))),
            context.RequestAborted);
}
