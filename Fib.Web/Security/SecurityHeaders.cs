using Fib.ServiceDefaults.Security;

namespace Fib.Web.Security;

/// <summary>Secures whatever the web answers.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        // At the start of the answer, since an error clears what was set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.SecurePage();
            return Task.CompletedTask;
        });
        return next(context);
    });
}
