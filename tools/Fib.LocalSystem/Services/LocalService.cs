using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Services;

/// <summary>One service of the system, started as it is when deployed: by its program alone, with its variables and none besides.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string _probe;

    /// <summary>A service that does not run yet.</summary>
    /// <param name="name">What the system calls it, such as <c>api-1</c>.</param>
    /// <param name="program">Its program.</param>
    /// <param name="logs">The folder for its log.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="probe">The path that answers with success once it serves: <c>health</c>, or <c>alive</c> where its stores may be missing.</param>
    public LocalService(string name, string program, string logs, IEnumerable<KeyValuePair<string, string>> variables, string probe = "health")
    {
        _probe = probe;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find(IPAddress.Loopback)}/"));
        var spec = new ProcessSpec(name, "dotnet", program)
        {
            Log = Path.Combine(logs, $"{name}.log"),
            Directory = Path.GetDirectoryName(program)!,
            Variables = [.. variables, new("ASPNETCORE_URLS", Address.ToString())],
        };
        Process = new LocalProcess(spec, IsHealthyAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process.</summary>
    public LocalProcess Process { get; }

    /// <summary>Starts a built service and waits until it serves.</summary>
    /// <param name="project">Such as <c>Fib.Api</c>.</param>
    /// <param name="logs">The folder for its log.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="probe">The path that answers with success once it serves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailedException">It ended instead.</exception>
    /// <exception cref="TimeoutException">It does not serve within a minute.</exception>
    public static async Task<LocalService> StartAsync(
        string project, string logs, IEnumerable<KeyValuePair<string, string>> variables, string probe = "health", CancellationToken cancellationToken = default)
    {
        var service = new LocalService(project, BuiltProgram.Find(project), logs, variables, probe);
        try
        {
            await service.Process.StartAsync(cancellationToken);
            await service.Process.WaitHealthyAsync(cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of it.</summary>
    public HttpClient CreateClient() => new() { BaseAddress = Address };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync(new Uri(Address, _probe), cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
