namespace Fib.LocalSystem;

/// <summary>What a system consists of.</summary>
internal sealed record SystemSettings
{
    /// <summary>How many apis the gateway spreads the requests over; at least 1.</summary>
    public int Apis { get; init; } = 1;

    /// <summary>How many workers share the work.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether Redis has its data again after a crash.</summary>
    public bool RedisKeepsData { get; init; } = true;

    /// <summary>An existing folder for the logs, which stay; null: they go with the system.</summary>
    public string? Logs { get; init; }

    /// <summary>What a service has in its environment besides, by its project's name such as <c>Fib.Api</c>.</summary>
    public Func<string, IEnumerable<KeyValuePair<string, string>>> Variables { get; init; } = _ => [];
}
