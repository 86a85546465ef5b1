using Fib.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace Fib.Redis.Streams;

/// <summary>When consumers claim the entries of other consumers, and when idle consumers are removed from the group.</summary>
/// <param name="MinIdle">How long an entry must have been pending with another consumer before it is claimed.</param>
public sealed record ConsumerSettings(TimeSpan MinIdle)
{
    private const string Name = "Backlog:MinIdle";

    private const int DefaultMilliseconds = 30_000, MinMilliseconds = 100, MaxMilliseconds = 3_600_000;

    /// <summary>How often a consumer checks for entries of dead consumers.</summary>
    public TimeSpan ClaimInterval { get; } = TimeSpan.FromTicks(Math.Min(MinIdle.Ticks, TimeSpan.TicksPerSecond * 5));

    /// <summary>How long a consumer without entries must have been idle before it is removed from the group.</summary>
    public TimeSpan MaxConsumerIdle { get; } = MinIdle * 20;

    /// <summary>Reads <c>Backlog:MinIdle</c> in milliseconds, a setting for tests.</summary>
    /// <exception cref="SettingException">It is not a whole number from 100 to 3,600,000.</exception>
    public static ConsumerSettings Read(IConfiguration configuration) =>
        new(TimeSpan.FromMilliseconds(configuration.ReadNumber(Name, DefaultMilliseconds, MinMilliseconds, MaxMilliseconds)));
}
