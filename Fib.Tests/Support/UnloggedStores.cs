using Fib.Api.Database;
using Fib.ServiceDefaults.Dependencies;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fib.Tests.Support;

/// <summary>Store states that log nothing.</summary>
internal static class UnloggedStores
{
    public static StoreStates Create() => new(Create("PostgreSQL"), Create("Redis"));

    public static Dependency Create(string name) => new(name, TimeProvider.System, NullLogger.Instance);
}
