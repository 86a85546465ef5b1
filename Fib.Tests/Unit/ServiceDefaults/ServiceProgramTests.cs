using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.ServiceDefaults;

public sealed class ServiceProgramTests
{
    [Fact]
    public async Task RunAsync_DisposeNeverCompletes_EndsAfterTheTimeout()
    {
        var exitCode = await ServiceProgram.RunAsync([], () =>
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.AddServiceDefaults();
            builder.Services.AddSingleton<NeverDisposed>();
            var app = builder.Build();
            app.Services.GetRequiredService<NeverDisposed>();
            app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);
            return app;
        }).WaitAsync(Eventually.DefaultTimeout);

        Assert.Equal(0, exitCode);
    }

    private sealed class NeverDisposed : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(Task.Delay(Timeout.Infinite));
    }
}
