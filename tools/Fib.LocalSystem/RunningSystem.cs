using System.Globalization;
using System.Net;
using Fib.AppHost;
using Fib.AppHost.Routing;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Fib.LocalSystem.Stores;

namespace Fib.LocalSystem;

/// <summary>
/// A whole system on loopback, of processes of its own on free ports, with real stores in a temporary folder. Needs neither
/// Aspire nor containers; nothing of it outlives this process, and disposing removes all of it.
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

    /// <summary>Where the truth is.</summary>
    public PostgresServer Postgres { get; private set; } = null!;

    /// <summary>Where the work is.</summary>
    public RedisServer Redis { get; private set; } = null!;

    /// <summary>The apis, all behind the gateway and the web.</summary>
    public IReadOnlyList<LocalService> Apis { get; private set; } = [];

    /// <summary>The workers.</summary>
    public IReadOnlyList<LocalService> Workers { get; private set; } = [];

    /// <summary>The page.</summary>
    public LocalService Web { get; private set; } = null!;

    /// <summary>The door: what is asked of it goes through the system as a browser's requests do.</summary>
    public LocalService Gateway { get; private set; } = null!;

    /// <summary>Every process, in the order of their start.</summary>
    public IEnumerable<LocalProcess> Processes =>
        [Postgres.Process, Redis.Process, .. Services.Select(service => service.Process)];

    private IEnumerable<LocalService> Services => [.. Apis, .. Workers, Web, Gateway];

    /// <summary>Starts a system and waits until every part of it serves.</summary>
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

    /// <summary>Waits until every part serves.</summary>
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
        var place = new StorePlace(_folder.Path, _logs, IPAddress.Loopback);
        Postgres = await PostgresServer.StartAsync(place, cancellationToken);
        Redis = await RedisServer.StartAsync(place, _settings.RedisKeepsData, cancellationToken);
    }

    private void AddServices()
    {
        Apis = [.. Replicas(ResourceNames.Api, _settings.Apis, "Fib.Api", [.. Postgres.Properties, .. Redis.Properties])];
        Workers = [.. Replicas(ResourceNames.Worker, _settings.Workers, "Fib.Worker", [.. Redis.Properties])];
        Web = Create(ResourceNames.Web, "Fib.Web", Addresses(ResourceNames.Api, Apis));
        Gateway = Create(ResourceNames.Gateway, "Fib.Gateway", [.. YarpSettings.Read(RouteTable.Default), .. Addresses(ResourceNames.Api, Apis), .. Addresses(ResourceNames.Web, [Web])]);
    }

    private IEnumerable<LocalService> Replicas(string name, int count, string project, KeyValuePair<string, string>[] variables) =>
        Enumerable.Range(1, count).Select(number => Create(string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), project, variables));

    private LocalService Create(string name, string project, IEnumerable<KeyValuePair<string, string>> variables) =>
        new(name, BuiltProgram.Find(project, _settings.Programs), _logs, [.. variables, .. _settings.Variables(project)]);

    /// <summary>As the app model writes a reference to a service.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Addresses(string service, IReadOnlyList<LocalService> replicas) =>
        replicas.Select((replica, number) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"services__{service}__http__{number}"), replica.Address.ToString()));
}
