using Fib.Core.Contracts;

namespace Fib.Web.Security;

/// <summary>Adds security headers to every response of the web service.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // When the response starts, since the exception handler clears headers that were set before.
        context.Response.OnStarting(() =>
        {
            foreach (var (name, value) in PageHeaders.All)
                context.Response.Headers[name] = value;
            return Task.CompletedTask;
        });
        return next(context);
    });
}
