using Fib.Api.Backlog;
using Fib.Api.Database;
using Fib.Api.Events;
using Fib.Api.Http;
using Fib.Api.Listings;
using Fib.Api.Status;
using Fib.Api.Submissions;
using Fib.Api.Terms;
using Fib.ServiceDefaults;
using Fib.ServiceDefaults.Http;

return await ServiceProgram.RunAsync(args, () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddHttp();
    builder.AddDatabase();
    builder.AddBacklog();
    builder.AddSubmissions();
    builder.AddTerms();
    builder.AddListings();
    builder.AddEvents();
    builder.AddStatus();

    var app = builder.Build();
    app.UseProblemDetails();
    app.UseRangeFilter();
    app.MapDefaultEndpoints();
    app.MapGreeting();
    app.MapSubmissions();
    app.MapRequeue();
    app.MapListings();
    app.MapTerms();
    app.MapEvents();
    app.MapStatus();
    app.MapApiDescription();
    return app;
});
