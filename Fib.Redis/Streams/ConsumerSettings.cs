using Fib.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace Fib.Redis.Streams;

/// <summary>How long consumers are waited for.</summary>
/// <param name="MinIdle">How long an entry must have been with another consumer before it is claimed.</param>
public sealed record ConsumerSettings(TimeSpan MinIdle)
{
    private const string Name = "Backlog:MinIdle";

    private const int DefaultMilliseconds = 30_000, LeastMilliseconds = 100, MostMilliseconds = 3_600_000;

    /// <summary>How often a consumer looks for entries of dead ones.</summary>
    public TimeSpan ClaimInterval { get; } = TimeSpan.FromTicks(Math.Min(MinIdle.Ticks, TimeSpan.TicksPerSecond * 5));

    /// <summary>How long a consumer that has no entries must have been silent before the group forgets it.</summary>
    public TimeSpan Forgotten { get; } = MinIdle * 20;

    /// <summary>Reads <c>Backlog:MinIdle</c> in milliseconds, which is there for tests.</summary>
    /// <exception cref="SettingException">It is not from 100 to 3,600,000.</exception>
    public static ConsumerSettings Read(IConfiguration configuration) =>
        new(TimeSpan.FromMilliseconds(configuration.ReadNumber(Name, DefaultMilliseconds, LeastMilliseconds, MostMilliseconds)));
}
