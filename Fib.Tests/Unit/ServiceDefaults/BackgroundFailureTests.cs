using Fib.LocalSystem.Processes;
using Fib.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.ServiceDefaults;

public sealed class BackgroundFailureTests
{
    [Fact]
    public async Task RunAsync_BackgroundServiceFails_ExitCodeIsBackgroundFailure()
    {
        var exitCode = await ServiceProgram.RunAsync([], () =>
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.Services.AddHostedService<FailingService>();
            return builder.Build();
        }).WaitAsync(Eventually.DefaultTimeout);
        Assert.Equal(ServiceProgram.BackgroundFailure, exitCode);
    }

    private sealed class FailingService : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }
    }
}
