namespace Aspire.StackExchange.Redis;

/// <summary>How <c>AddRedisClient</c> sets up its connection; read from the configuration section <c>Aspire:StackExchange:Redis</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>The connection string; <c>ConnectionStrings:{connectionName}</c> wins over the section.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the connection is opened on first use, not when the host starts.</summary>
    public bool DisableAutoActivation { get; set; } = true;

    /// <summary>Whether the health check <c>StackExchange.Redis</c> is left out.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Must be <see langword="true"/> here: the instrumentation package that traces need is not part of the stand-in.</summary>
    public bool DisableTracing { get; set; }
}
