using Fib.ServiceDefaults;

namespace Fib.Gateway;

/// <summary>The browser's only door: routes, refuses, and says in its own words when nothing answers.</summary>
internal static class GatewayApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddRoutes();
        builder.NameSpans();

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = GatewayErrors.WriteAsync });
        app.UseStatusCodePages(errors => GatewayErrors.WriteAsync(errors.HttpContext));
        app.UseRequestFilter();
        app.MapAliveEndpoint();
        app.MapRefusedPaths();
        app.MapReverseProxy();
        return app;
    }
}
