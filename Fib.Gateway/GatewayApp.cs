using Fib.ServiceDefaults;

namespace Fib.Gateway;

/// <summary>The YARP reverse proxy in front of web and api, the only public endpoint.</summary>
internal static class GatewayApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        // Checked at the start, because every error reads it.
        builder.Configuration.ReadProblemDetailsPath();
        builder.AddRoutes();
        builder.NameSpans();

        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = GatewayErrors.WriteAsync });
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<CoalescedReads>().InvokeAsync);
        app.Use(app.Services.GetRequiredService<SubmissionJoining>().InvokeAsync);
        app.UseStatusCodePages(errors => GatewayErrors.WriteAsync(errors.HttpContext));
        app.UseRequestFilter();
        // YARP adds its services, with which the framework would run it first, for every request.
        app.UseAuthorization();
        app.MapAliveEndpoint();
        app.MapBlockedPaths();
        app.MapRoutes();
        return app;
    }
}
