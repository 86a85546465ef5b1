namespace Fib.Api;

/// <summary>The names under which the app model hands the stores over, and the api's own second connection.</summary>
internal static class ApiConnections
{
    public const string Database = "fibvalues";

    public const string Redis = "redis";

    /// <summary>A connection of its own: a blocking read holds up everything behind it.</summary>
    public const string Outcomes = "redis-outcomes";
}
