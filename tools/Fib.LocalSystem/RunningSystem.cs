using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.AppHost.Routing;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.LocalSystem.Stores;

namespace Fib.LocalSystem;

/// <summary>
/// A whole system of local processes on free loopback ports, with real stores in a temporary folder. It needs neither Aspire nor
/// containers. Its processes and files are removed when it is disposed, and at the latest when this process ends.
/// </summary>
internal sealed class RunningSystem : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly SystemSettings _settings;
    private readonly string _logs;

    private RunningSystem(SystemSettings settings)
    {
        _settings = settings;
        _folder = new TemporaryFolder("fib-system-");
        _logs = settings.Logs ?? Directory.CreateDirectory(Path.Combine(_folder.Path, "logs")).FullName;
    }

    /// <summary>The database.</summary>
    public PostgresServer Postgres { get; private set; } = null!;

    /// <summary>Redis, with the streams and the terms.</summary>
    public RedisServer Redis { get; private set; } = null!;

    /// <summary>The api replicas; the gateway and the web distribute requests among them.</summary>
    public IReadOnlyList<LocalService> Apis { get; private set; } = [];

    /// <summary>The worker replicas.</summary>
    public IReadOnlyList<LocalService> Workers { get; private set; } = [];

    /// <summary>The web, which renders the pages.</summary>
    public LocalService Web { get; private set; } = null!;

    /// <summary>The gateway, the only public endpoint.</summary>
    public LocalService Gateway { get; private set; } = null!;

    /// <summary>All processes, in the order of their start.</summary>
    public IEnumerable<LocalProcess> Processes =>
        [Postgres.Process, Redis.Process, .. Services.Select(service => service.Process)];

    private IEnumerable<LocalService> Services => [.. Apis, .. Workers, Web, Gateway];

    /// <summary>Starts a system and waits until every process is healthy.</summary>
    public static async Task<RunningSystem> StartAsync(SystemSettings settings, CancellationToken cancellationToken)
    {
        var system = new RunningSystem(settings);
        try
        {
            await system.StartStoresAsync(cancellationToken);
            system.AddServices();
            foreach (var service in system.Services)
                await service.Process.StartAsync(cancellationToken);
            await system.WaitHealthyAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until every process is healthy.</summary>
    public Task WaitHealthyAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Processes.Select(process => process.WaitHealthyAsync(cancellationToken)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable?[] parts = [Gateway, Web, .. Workers, .. Apis, Redis, Postgres];
        await Task.WhenAll(parts.OfType<IAsyncDisposable>().Select(part => part.DisposeAsync().AsTask()));
        _folder.Dispose();
    }

    private async Task StartStoresAsync(CancellationToken cancellationToken)
    {
        var settings = new StoreSettings(_folder.Path, _logs, IPAddress.Loopback);
        Postgres = await PostgresServer.StartAsync(settings, cancellationToken);
        Redis = await RedisServer.StartAsync(settings, _settings.RedisKeepsData, cancellationToken);
    }

    private void AddServices()
    {
        Apis = [.. Replicas(ResourceNames.Api, _settings.Apis, "Fib.Api", [.. Postgres.Properties, .. Redis.Properties])];
        Workers = [.. Replicas(ResourceNames.Worker, _settings.Workers, "Fib.Worker", [.. Redis.Properties])];
        Web = Create(ResourceNames.Web, "Fib.Web", Addresses(ResourceNames.Api, Apis));
        Gateway = Create(
            ResourceNames.Gateway, "Fib.Gateway",
            [.. YarpSettings.Read(RouteTable.Default), .. Addresses(ResourceNames.Api, Apis), .. Addresses(ResourceNames.Web, [Web])]);
    }

    private IEnumerable<LocalService> Replicas(string name, int count, string project, KeyValuePair<string, string>[] variables) =>
        Enumerable.Range(1, count).Select(number =>
            Create(string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), project, variables));

    private LocalService Create(string name, string project, IEnumerable<KeyValuePair<string, string>> variables) =>
        new(name, BuiltProgram.Find(project, _settings.Programs), _logs, [.. variables, .. _settings.Variables(project)]);

    /// <summary>The service discovery variables, as Aspire writes them for a reference to a service.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Addresses(string service, IReadOnlyList<LocalService> replicas) =>
        replicas.Select((replica, number) => KeyValuePair.Create(
            string.Create(CultureInfo.InvariantCulture, $"services__{service}__http__{number}"), replica.Address.ToString()));
}
