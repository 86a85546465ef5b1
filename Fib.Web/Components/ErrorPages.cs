using System.Diagnostics;
using Fib.Web.Components.Pages;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Web.Components;

/// <summary>Errors as pages.</summary>
internal static class ErrorPages
{
    public static Task WriteAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is ApiUnavailableException)
            context.Response.SayAway();
        var parameters = new { Status = context.Response.StatusCode, TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier };
        return new RazorComponentResult<ErrorPage>(parameters) { StatusCode = context.Response.StatusCode }.ExecuteAsync(context);
    }
}
