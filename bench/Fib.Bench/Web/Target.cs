using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>A system under load, reached through one proxy.</summary>
/// <param name="Name">The column of the report.</param>
/// <param name="Address">The address of the proxy; the routes are below <c>/api/</c>.</param>
/// <param name="Service">The process whose cold start is measured.</param>
/// <param name="Direct">The address of that process, without the proxy.</param>
/// <param name="Processes">All processes of the system.</param>
/// <param name="Seed">Stores a number of submissions of a number of indexes, all computed.</param>
internal sealed record Target(
    string Name, Uri Address, LocalProcess Service, Uri Direct, IReadOnlyList<LocalProcess> Processes,
    Func<int, int, CancellationToken, Task> Seed)
{
    /// <summary>Whether it has the event stream <c>values/events</c>.</summary>
    public bool HasEventStream { get; init; }

    public Uri At(string path) => new(Address, $"api/{path}");

    /// <summary>Starts nginx on a free port with a configuration written for that port.</summary>
    public static async Task<(LocalProcess Process, Uri Address)> StartNginxAsync(
        string name, string folder, Func<int, string> write, CancellationToken cancellationToken)
    {
        var port = FreePort.Find(IPAddress.Loopback);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        var spec = new ProcessSpec(name, "nginx", "-c", write(port), "-g", "daemon off;") { Log = Path.Combine(folder, "nginx.log") };
        var process = new LocalProcess(spec, token => RespondsAsync(new Uri(address, "api/"), token));
        await process.StartAsync(cancellationToken);
        await process.WaitHealthyAsync(cancellationToken);
        return (process, address);
    }

    public static async Task<bool> RespondsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(address, cancellationToken);
        return response.IsSuccessStatusCode;
    }
}
