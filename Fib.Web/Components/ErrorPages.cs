using System.Diagnostics;
using Fib.Web.Components.Pages;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Web.Components;

/// <summary>Errors as pages.</summary>
internal static class ErrorPages
{
    /// <summary>That the api is unavailable is logged once, not for every page.</summary>
    public static ExceptionHandlerOptions Options { get; } = new()
    {
        ExceptionHandler = WriteAsync,
        SuppressDiagnosticsCallback = failed => failed.Exception is ApiUnavailableException,
    };

    public static async Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is ApiUnavailableException)
            context.Response.SayAway();
        // Set by the page that this one replaces, and set once more by this one.
        context.Response.Headers.Remove("blazor-enhanced-nav");
        var parameters = new { Status = context.Response.StatusCode, TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier };

        // The services that render a page render one only.
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        await new RazorComponentResult<ErrorPage>(parameters) { StatusCode = parameters.Status }.ExecuteAsync(context);
        context.RequestServices = services;
    }
}
