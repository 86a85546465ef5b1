using Fib.ServiceDefaults;
using Fib.ServiceDefaults.Http;
using Fib.Web.Api;
using Fib.Web.Components;
using Fib.Web.Development;
using Fib.Web.Health;
using Fib.Web.Security;
using Fib.Web.Status;
using Fib.Web.Submissions;
using Fib.Web.Terms;

return await ServiceProgram.RunAsync(args, () =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddApiDefaults();
    builder.AddApiClient<SubmissionClient>();
    builder.AddApiClient<TermClient>();
    builder.AddSystemClient();
    builder.AddApiHealth();
    builder.Services.AddSingleton(IndexRange.Read(builder.Configuration));
    builder.Services.AddPages();
    // A page contains no secret, so its compressed length discloses nothing (BREACH).
    builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseResponseCompression();
    app.UseExceptionHandler(ErrorPageHandler.Options);
    app.UseStatusCodePages(errors => ErrorPageHandler.WriteAsync(errors.HttpContext));
    app.MapDefaultEndpoints();
    app.UseRangeFilter();
    app.UseCrossSitePostFilter();
    app.UseFormFilter();
    app.UseRateLimiter();
    if (app.Environment.IsDevelopment())
        app.MapReloadSocket();
    app.MapStaticAssets();
    app.MapPages();
    return app;
});
