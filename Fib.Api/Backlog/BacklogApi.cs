using System.Diagnostics;
using Fib.Api.Database;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.Redis.Backlog;
using Fib.Redis.Streams;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StackExchange.Redis;

namespace Fib.Api.Backlog;

/// <summary>What is appended, repaired and requeued, and who works on it; <c>POST /values/requeue</c>.</summary>
internal static class BacklogApi
{
    public static void AddBacklog(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BacklogAppender>().AddSingleton<Announcer>();
        builder.Services.AddSingleton<PendingTerms>().AddSingleton<LostIndexes>().AddHostedService<BacklogRepair>();
        builder.Services.AddSingleton<FailedTerms>().AddSingleton<DeadLetterStore>();
        builder.Services.AddHealthChecks().AddCheck<LiveWorkersHealthCheck>("workers");
    }

    /// <summary>Maps the route that makes every failed index pending again.</summary>
    public static void MapRequeue(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/values/requeue", RequeueAsync).WithTags("values").WithSummary("Makes every failed index pending again.");

    private static async Task<Ok<RequeueResponse>> RequeueAsync(
        HttpContext context, FailedTerms failed, DeadLetterStore deadLetters, BacklogAppender appender, CancellationToken cancellationToken)
    {
        // Read the dead letters first, so that nothing changes while Redis is unavailable.
        var known = await deadLetters.ReadAsync(cancellationToken);
        var (requeued, last) = (0, -1);
        while (true)
        {
            var indexes = await failed.RetryAsync(last, CancellationToken.None).WaitAsync(cancellationToken);
            foreach (var index in indexes)
                _ = appender.AppendAsync(index, Activity.Current?.Context ?? default);
            await deadLetters.RemoveAsync([.. indexes.SelectMany(index => known[index])], cancellationToken);
            requeued += indexes.Count;
            if (indexes.Count < FailedTerms.MaxRows)
                return TypedResults.Ok(new RequeueResponse(requeued));
            last = indexes[^1].Value;
            context.DisableStoreTimeout();
        }
    }
}

/// <summary>The indexes whose term could not be computed.</summary>
internal sealed class FailedTerms(NpgsqlDataSource dataSource)
{
    /// <summary>The maximum number of indexes of one call.</summary>
    public const int MaxRows = 1_000;

    // An event batch, so that it does not run concurrently with submissions, which change the same rows.
    private static readonly string Retry = $"""
        WITH failed AS (
                 DELETE FROM outcome
                 WHERE index = ANY (ARRAY(SELECT index FROM outcome WHERE reason IS NOT NULL AND index > $1 ORDER BY index LIMIT {MaxRows}))
                 RETURNING index),
             pending AS (
                 INSERT INTO pending_term (index, since) SELECT index, clock_timestamp() FROM failed ORDER BY index
                 ON CONFLICT (index) DO NOTHING)
        SELECT index FROM failed ORDER BY index
        """;

    /// <summary>Makes failed indexes above <paramref name="above"/> pending again, lowest first, at most <see cref="MaxRows"/>.</summary>
    /// <returns>These indexes in ascending order.</returns>
    public async Task<IReadOnlyList<SequenceIndex>> RetryAsync(int above, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateEventBatch(new NpgsqlBatchCommand(Retry)
        {
            Parameters = { new() { Value = above } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var retried = await reader.ReadIndexesAsync(cancellationToken);
        await reader.ReadToEndAsync(cancellationToken);
        return retried;
    }
}

/// <summary>The dead letters, which remain until their index is requeued or newer ones displace them.</summary>
internal sealed class DeadLetterStore(IConnectionMultiplexer redis)
{
    /// <summary>All dead letters that name an index; about <see cref="BacklogKeys.MaxDeadLetters"/> at most.</summary>
    public async Task<ILookup<SequenceIndex, RedisValue>> ReadAsync(CancellationToken cancellationToken)
    {
        var deadLetters = await redis.GetDatabase().StreamRangeAsync(BacklogKeys.DeadLetters).WaitAsync(cancellationToken);
        return deadLetters.Select(letter => (letter.Id, Index: DeadLetter.ReadIndex(letter.ToFields())))
            .Where(letter => letter.Index is not null).ToLookup(letter => letter.Index!.Value, letter => letter.Id);
    }

    public async Task RemoveAsync(IReadOnlyCollection<RedisValue> ids, CancellationToken cancellationToken)
    {
        if (ids.Count > 0)
            await redis.GetDatabase().StreamDeleteAsync(BacklogKeys.DeadLetters, [.. ids]).WaitAsync(cancellationToken);
    }
}
