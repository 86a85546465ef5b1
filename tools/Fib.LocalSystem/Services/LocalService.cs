using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Services;

/// <summary>One service of the system. It has only its own environment variables, as in a deployment.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly string _probe;

    /// <summary>Creates a service that does not run yet.</summary>
    /// <param name="name">Its name in the system, such as <c>api-1</c>.</param>
    /// <param name="program">The path of its program.</param>
    /// <param name="logs">The folder for its log.</param>
    /// <param name="variables">Its environment variables.</param>
    /// <param name="probe">The path of the health check: <c>health</c>, or <c>alive</c> if its stores may be missing.</param>
    public LocalService(
        string name, string program, string logs, IEnumerable<KeyValuePair<string, string>> variables, string probe = "health")
    {
        _probe = probe;
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find(IPAddress.Loopback)}/"));
        string[] command = Path.GetExtension(program) == ".dll" ? ["dotnet", program] : [program];
        var spec = new ProcessSpec(name, command[0], command[1..])
        {
            Log = Path.Combine(logs, $"{name}.log"),
            Directory = Path.GetDirectoryName(program)!,
            Variables = [.. variables, new("ASPNETCORE_URLS", Address.ToString())],
        };
        Process = new LocalProcess(spec, IsHealthyAsync);
    }

    /// <summary>The address on which it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its process.</summary>
    public LocalProcess Process { get; }

    /// <summary>Starts a built service and waits until it serves.</summary>
    /// <param name="project">Such as <c>Fib.Api</c>.</param>
    /// <param name="logs">The folder for its log.</param>
    /// <param name="variables">Its environment variables.</param>
    /// <param name="probe">The path of the health check.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="CommandFailedException">The service exited.</exception>
    /// <exception cref="TimeoutException">The service was not healthy within <see cref="Eventually.DefaultTimeout"/>.</exception>
    public static async Task<LocalService> StartAsync(
        string project, string logs, IEnumerable<KeyValuePair<string, string>> variables, string probe = "health",
        CancellationToken cancellationToken = default)
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

    /// <summary>Creates a client whose base address is that of the service.</summary>
    public HttpClient CreateClient() => new() { BaseAddress = Address };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(new Uri(Address, _probe), cancellationToken);
        return response.IsSuccessStatusCode;
    }
}
