namespace Fib.Chaos.Load;

/// <summary>Everybody who is outside the gateway.</summary>
internal sealed class Visitors(Uri gateway, int seed) : IDisposable
{
    /// <summary>They submit and read.</summary>
    public LoadClients Load { get; } = new(gateway, new Mix(seed));

    /// <summary>Looks at pages.</summary>
    public PageReader Pages { get; } = new(gateway);

    /// <summary>Keeps a page open.</summary>
    public Listener Listener { get; } = new(gateway);

    /// <inheritdoc/>
    public void Dispose()
    {
        Load.Dispose();
        Pages.Dispose();
        Listener.Dispose();
    }
}
