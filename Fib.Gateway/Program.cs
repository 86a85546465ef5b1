using Fib.Gateway;
using Fib.ServiceDefaults;

return await ServiceProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddRoutes();

    var app = builder.Build();
    app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = GatewayErrors.WriteAsync });
    app.UseStatusCodePages(errors => GatewayErrors.WriteAsync(errors.HttpContext));
    app.UseAliveEndpoint();
    app.MapRefusedPaths();
    app.MapReverseProxy();
    return app;
});
