namespace Fib.Redis.Backlog;

/// <summary>The stream field with the W3C trace context.</summary>
internal static class TraceField
{
    public const string Name = "traceparent";
}
