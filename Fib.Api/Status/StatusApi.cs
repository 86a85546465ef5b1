using System.Reflection;
using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Fib.Api.Status;

/// <summary><c>GET /system</c>.</summary>
internal static class StatusApi
{
    public static void AddStatus(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PostgresStatusReader>().AddSingleton<RedisStatusReader>().AddSingleton<SystemStatusReader>();
        builder.Services.AddHostedService<BacklogGauge>();
    }

    public static void MapStatus(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/system", ApiDescription.Reading, GetAsync)
            .WithTags("system")
            .WithSummary("The backlog, the workers, the stages of the last submissions, the versions; about a second old at most.");

    private static async Task<Ok<SystemStatus>> GetAsync(
        SystemStatusReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await reader.GetAsync(cancellationToken));
    }
}

/// <summary>Reads the status. Concurrent callers share one reading, and so do callers within a second after it began.</summary>
internal sealed class SystemStatusReader(PostgresStatusReader postgres, RedisStatusReader redis, SchemaState schema, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private static readonly string Fib =
        typeof(SystemStatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private readonly Lock _lock = new();
    private Task<SystemStatus>? _reading;
    private long _begun;

    /// <summary>The status, about a second old at most.</summary>
    /// <exception cref="Npgsql.NpgsqlException">PostgreSQL is unavailable.</exception>
    public Task<SystemStatus> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isOld = _reading is { IsCompleted: true } && time.GetElapsedTime(_begun) > MaxAge;
            if (isOld || _reading is null or { IsFaulted: true } or { IsCanceled: true })
                (_reading, _begun) = (ReadAsync(), time.GetTimestamp());
            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Not cancelled with one request, because others wait for it too.</summary>
    private async Task<SystemStatus> ReadAsync()
    {
        var redisReading = redis.TryReadAsync(CancellationToken.None);
        if (!schema.IsCreated)
            throw new StoreUnavailableException("The schema is not created yet.");
        var stored = await postgres.ReadAsync(CancellationToken.None);
        var fromRedis = await redisReading;
        var versions = new Versions(Fib, Environment.Version.ToString(), stored.Version, fromRedis?.Version);
        return new SystemStatus(
            fromRedis?.Backlog, fromRedis?.Workers, stored.OldestPendingSeconds, new TermsStatus(stored.Pending), fromRedis?.DeadLetters,
            stored.Last, versions);
    }
}
