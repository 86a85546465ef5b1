using Fib.Redis.Backlog;
using Fib.Redis.Connection;
using Fib.Redis.Streams;
using Fib.ServiceDefaults;
using Fib.Worker;
using Fib.Worker.Backlog;
using Fib.Worker.Terms;

return await ServiceProgram.RunAsync(args, () =>
{
    var builder = WebApplication.CreateSlimBuilder(args);
    builder.AddServiceDefaults();
    builder.AddRedis("redis", BacklogKeys.Stream, BacklogKeys.LargeStream);
    builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis").AddCheck<EngineWarmUp>("engine");
    builder.Services.AddSingleton(TermLimits.Read(builder.Configuration)).AddSingleton(ConsumerSettings.Read(builder.Configuration));
    // Otherwise one loop reads new entries while the other one stops.
    builder.Services.Configure<HostOptions>(host => host.ServicesStopConcurrently = true);
    builder.Services.AddSingleton<TermCache>().AddSingleton<ProgressPublisher>().AddSingleton<EntryHandler>();
    builder.Services.AddSingleton<WorkerName>().AddSingleton<WorkerMetrics>();
    builder.Services.AddBacklogLoop(BacklogKeys.Stream, batchSize: 16);
    builder.Services.AddBacklogLoop(BacklogKeys.LargeStream, batchSize: 1);
    builder.Services.AddSingleton<EngineWarmUp>().AddHostedService(provider => provider.GetRequiredService<EngineWarmUp>());
    builder.Services.AddHostedService<Heartbeat>().AddHostedService<AnnouncementLoop>();

    var app = builder.Build();
    app.UseProblemDetails();
    app.MapDefaultEndpoints();
    return app;
});
