using System.Diagnostics;
using Fib.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Web.Components;

/// <summary>Renders errors as pages.</summary>
internal static class ErrorPageHandler
{
    /// <summary>Suppresses the log line of an unavailable api, which its client logs once per outage.</summary>
    public static ExceptionHandlerOptions Options { get; } = new()
    {
        ExceptionHandler = WriteAsync,
        SuppressDiagnosticsCallback = context => context.Exception is ApiUnavailableException,
    };

    public static async Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is ApiUnavailableException)
            context.Response.SetUnavailable();
        // The failed page has set it, and the error page sets it again.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var traceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        var parameters = new
        {
            Status = context.Response.StatusCode, TraceId = traceId, IsSubmission = HttpMethods.IsPost(context.Request.Method),
        };

        // The scoped services of Razor components render only one page.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<ErrorPage>(parameters) { StatusCode = parameters.Status }.ExecuteAsync(context);
        context.RequestServices = services;
    }
}
