using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Services;

/// <summary>One service of the system, started as it is when deployed: by its program alone, with its variables and none besides.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>A service that does not run yet.</summary>
    /// <param name="name">What the system calls it, such as <c>api-1</c>.</param>
    /// <param name="project">Its project, such as <c>Fib.Api</c>.</param>
    /// <param name="logs">The folder for its log.</param>
    /// <param name="variables">Its variables.</param>
    public LocalService(string name, string project, string logs, IEnumerable<KeyValuePair<string, string>> variables)
    {
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find(IPAddress.Loopback)}/"));
        var program = BuiltProgram.Find(project);
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync(new Uri(Address, "health"), cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
