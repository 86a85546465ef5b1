using System.Reflection;
using Fib.Api.Storage;

namespace Fib.Api.Status;

/// <summary>Reads the status; while one reading is under way, and for a second after it, whoever asks shares it.</summary>
internal sealed class SystemStatusReader(StoredStatusReader stored, CarriedStatusReader carried, SchemaState schema, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private static readonly string Fib =
        typeof(SystemStatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly Lock _gate = new();
    private Task<SystemStatus>? _reading;
    private long _begun;

    /// <summary>The status, about a second old at most.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is away.</exception>
    public Task<SystemStatus> GetAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_reading is null or { IsFaulted: true } or { IsCanceled: true } || (_reading.IsCompleted && time.GetElapsedTime(_begun) > MaxAge))
                (_reading, _begun) = (ReadAsync(), time.GetTimestamp());
            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Not on behalf of one request: others wait for it too.</summary>
    private async Task<SystemStatus> ReadAsync()
    {
        var fromRedis = carried.TryReadAsync(CancellationToken.None);
        if (!schema.IsCreated)
            throw new StoreAwayException("The schema is not created yet.");
        var fromPostgres = await stored.ReadAsync(CancellationToken.None);
        var redis = await fromRedis;
        var versions = new Versions(Fib, Environment.Version.ToString(), fromPostgres.Version, redis?.Version);
        return new SystemStatus(
            redis?.Backlog, redis?.Workers, fromPostgres.OldestPendingSeconds, new TermsStatus(fromPostgres.Pending), redis?.DeadLetters, fromPostgres.Last, versions);
    }
}
