using System.Diagnostics;
using System.Net;
using Fib.AppHost;
using Fib.AppHost.Routing;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.System.Routers;

/// <summary>A real nginx with the rendered routes of the system, in front of upstreams of the test.</summary>
internal sealed class RunningNginx : IRouter
{
    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private RunningNginx(DirectoryInfo directory, Process process, Uri address) =>
        (_directory, _process, Client) = (directory, process, new HttpClient { BaseAddress = address });

    public HttpClient Client { get; }

    /// <returns>Null if nginx is not installed.</returns>
    public static Task<RunningNginx?> TryStartAsync(string api, string web)
    {
        var options = new NginxOptions();
        NginxSettings.Configure(options, RouteTable.Default);
        return TryStartAsync(
            NginxSettings.Read(RouteTable.Default), options, new() { [ResourceNames.Api] = Of(api), [ResourceNames.Web] = Of(web) });
    }

    /// <returns>Null if nginx is not installed.</returns>
    public static async Task<RunningNginx?> TryStartAsync(
        IReadOnlyList<NginxRoute> routes, NginxOptions options, Dictionary<string, Upstream> upstreams) =>
        Command.Exists("nginx") ? await StartAsync(routes, options, upstreams) : null;

    public static Upstream Of(string address) => new("127.0.0.1", new Uri(address).Port);

    private static async Task<RunningNginx> StartAsync(
        IReadOnlyList<NginxRoute> routes, NginxOptions options, Dictionary<string, Upstream> upstreams)
    {
        var directory = Directory.CreateTempSubdirectory("nginx-");
        var port = FreePort.Find(IPAddress.Loopback);
        var bundle = new Bundle("fib", "1", [new BundleService("nginx", "gateway", new("nginx", "1")) { Hostname = "nginx", Port = port }])
        {
            Router = new NginxRouter("nginx", routes, options, upstreams, "nginx:1"),
        };
        foreach (var file in new NginxRenderer().Render(bundle))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(directory.FullName, file.Path))!);
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, file.Path), Local(file.Text, directory.FullName));
        }
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "logs.conf"), "access_log off;\n");
        // It runs as the user of the tests here; its image sets the user of the container.
        var process = new Command(
            "nginx", "-c", Path.Combine(directory.FullName, "nginx", "nginx.conf"), "-g", "daemon off; user root;").Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var nginx = new RunningNginx(directory, process, new Uri($"http://127.0.0.1:{port}"));
        await nginx.WaitAsync();
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Local(string text, string directory) =>
        text.Replace("/tmp/", directory + "/", StringComparison.Ordinal).Replace(
            "/etc/nginx/conf.d/", directory + "/nginx/", StringComparison.Ordinal);

    private Task WaitAsync() => Eventually.HoldsAsync("nginx serves", async token =>
        !_process.HasExited
            ? await Client.GetStringAsync("/alive", token) == "Healthy"
            : throw new InvalidOperationException("nginx ended."));
}
