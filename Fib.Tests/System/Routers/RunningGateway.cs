using Fib.AppHost.Routing;
using Fib.Gateway;
using Microsoft.AspNetCore.Builder;

namespace Fib.Tests.System.Routers;

/// <summary>The gateway with the route table of the system and with upstreams of the test.</summary>
internal sealed class RunningGateway : IRouter
{
    private readonly WebApplication _app;

    private RunningGateway(WebApplication app) => (_app, Client) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    public HttpClient Client { get; }

    public static async Task<RunningGateway> StartAsync(
        string api, string web, string? secondApi = null, params IEnumerable<KeyValuePair<string, string>> more)
    {
        var settings = YarpSettings.Read(RouteTable.Default)
            .Append(new("services__api__http__0", api)).Append(new("services__web__http__0", web))
            .Concat(secondApi is null ? [] : [KeyValuePair.Create("services__api__http__1", secondApi)])
            .Append(new("Urls", "http://127.0.0.1:0"))
            .Append(new("Logging__LogLevel__Default", "None"))
            .Concat(more);
        var app = GatewayApp.Build(
            [.. settings.Select(setting => $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}")]);
        await app.StartAsync();
        return new RunningGateway(app);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
