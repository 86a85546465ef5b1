using System.Net;
using System.Net.Sockets;
using Fib.ServiceDefaults;
using Fib.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.ServiceDefaults.Health;

public sealed class AliveProbeTests
{
    [Fact]
    public async Task RunAsync_LiveService_Returns0() => Assert.Equal(0, await ProbeAsync(StatusCodes.Status200OK));

    [Fact]
    public async Task RunAsync_Status503_Returns1() => Assert.Equal(1, await ProbeAsync(StatusCodes.Status503ServiceUnavailable));

    [Fact]
    public async Task RunAsync_NoListener_Returns1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(1, await AliveProbe.RunAsync($"{port}"));
    }

    [Fact]
    public async Task RunAsync_ServiceThatNeverResponds_Returns1()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.Equal(1, await AliveProbe.RunAsync($"{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    [Fact]
    public async Task RunAsync_HealthArgument_DoesNotBuildTheService() =>
        Assert.InRange(await ServiceProgram.RunAsync(["--health"], () => throw new InvalidOperationException("built")), 0, 1);

    private static async Task<int> ProbeAsync(int status)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/alive", () => Results.StatusCode(status));
        await app.StartAsync();
        return await AliveProbe.RunAsync($"{new Uri(app.Urls.Single()).Port};9");
    }
}
