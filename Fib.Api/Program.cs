using Fib.Api;
using Fib.Api.Events;
using Fib.Api.Status;
using Fib.Api.Storage;
using Fib.Api.Terms;
using Fib.ServiceDefaults;
using Fib.ServiceDefaults.Http;

return await ServiceProgram.RunAsync(args, () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddStores();
    builder.AddTerms();
    builder.AddStatus();
    builder.Services.AddApiDescription();

    var app = builder.Build();
    app.UseProblemDetails();
    app.UseRangeFilter();
    app.MapDefaultEndpoints();
    app.MapGreeting();
    app.MapTerms();
    app.MapEvents();
    app.MapStatus();
    app.MapApiDescription();
    return app;
});
