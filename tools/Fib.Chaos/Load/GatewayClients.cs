namespace Fib.Chaos.Load;

/// <summary>All clients of the gateway.</summary>
internal sealed class GatewayClients(Uri gateway, int seed) : IDisposable
{
    /// <summary>Submits indexes and reads values.</summary>
    public LoadClients Load { get; } = new(gateway, new Workload(seed));

    /// <summary>Reads pages.</summary>
    public PageReader Pages { get; } = new(gateway);

    /// <summary>Receives events.</summary>
    public EventSubscriber Events { get; } = new(gateway);

    /// <inheritdoc/>
    public void Dispose()
    {
        Load.Dispose();
        Pages.Dispose();
        Events.Dispose();
    }
}
