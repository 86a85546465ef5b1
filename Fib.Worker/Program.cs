using Fib.Core.Sequence;
using Fib.ServiceDefaults;
using Fib.ServiceDefaults.Health;
using Fib.ServiceDefaults.Settings;
using Fib.ServiceDefaults.Streams;
using Fib.Worker;
using Fib.Worker.Backlog;
using Fib.Worker.Terms;

return await ServiceProgram.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddRedis(WorkerConnections.Redis, WorkerConnections.Backlog);
    builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis");
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton(new TermLimits(builder.Configuration.ReadNumber("MAXIMUM_INDEX", SequenceIndex.DefaultMaximum, 0, SequenceIndex.Limit)));
    builder.Services.AddSingleton<TermStore>().AddSingleton<EntryHandler>().AddSingleton<BacklogReader>();
    builder.Services.AddHostedService<BacklogLoop>().AddHostedService<SignOfLife>();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

    var app = builder.Build();
    app.UseServiceDefaults();
    return app;
});
