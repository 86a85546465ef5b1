using System.Globalization;
using System.Net;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>A system under load as its door shows it.</summary>
/// <param name="Name">The column of the report.</param>
/// <param name="Address">The door; its paths begin with <c>/api/</c>.</param>
/// <param name="Service">The process that a cold start measures, and the path past the door that it answers first.</param>
/// <param name="Direct">Where that process listens.</param>
/// <param name="Processes">All that take part.</param>
/// <param name="Seed">Makes it hold so many submissions of so many indexes, all computed.</param>
internal sealed record Target(string Name, Uri Address, LocalProcess Service, Uri Direct, IReadOnlyList<LocalProcess> Processes, Func<int, int, CancellationToken, Task> Seed)
{
    /// <summary>Whether open pages hear of terms, on <c>values/events</c>.</summary>
    public bool TellsPages { get; init; }

    public Uri At(string path) => new(Address, $"api/{path}");

    /// <summary>nginx with a configuration, started.</summary>
    public static async Task<(LocalProcess Process, Uri Address)> StartNginxAsync(string name, string folder, Func<int, string> write, CancellationToken cancellationToken)
    {
        var port = FreePort.Find(IPAddress.Loopback);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        var spec = new ProcessSpec(name, "nginx", "-c", write(port), "-g", "daemon off;") { Log = Path.Combine(folder, "nginx.log") };
        var process = new LocalProcess(spec, token => AnswersAsync(new Uri(address, "api/"), token));
        await process.StartAsync(cancellationToken);
        await process.WaitHealthyAsync(cancellationToken);
        return (process, address);
    }

    public static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(address, cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
