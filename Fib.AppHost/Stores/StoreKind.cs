namespace Fib.AppHost.Stores;

/// <summary>What Redis and PostgreSQL run as during development.</summary>
internal enum StoreKind
{
    /// <summary>Containers, as in every Aspire application.</summary>
    Containers,

    /// <summary>Processes of this machine's own redis-server and PostgreSQL, where there is no container runtime.</summary>
    Processes,
}
