namespace Fib.LocalSystem;

/// <summary>The size and the settings of a <see cref="RunningSystem"/>.</summary>
internal sealed record SystemSettings
{
    /// <summary>The number of api processes among which the gateway distributes requests; at least 1.</summary>
    public int Apis { get; init; } = 1;

    /// <summary>The number of worker processes.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Whether Redis keeps its data over a crash.</summary>
    public bool RedisKeepsData { get; init; } = true;

    /// <summary>The folder of published programs, with one folder per project; null for the programs built with the running one.</summary>
    public string? Programs { get; init; }

    /// <summary>An existing folder that keeps the logs; null to remove them with the system.</summary>
    public string? Logs { get; init; }

    /// <summary>Additional environment variables of a service, by the name of its project such as <c>Fib.Api</c>.</summary>
    public Func<string, IEnumerable<KeyValuePair<string, string>>> Variables { get; init; } = _ => [];
}
