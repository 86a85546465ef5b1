using System.Globalization;
using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Fib.Api.Listings;

/// <summary><c>GET /values</c>: a page of submissions, newest first.</summary>
internal static class SubmissionPageEndpoint
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public static async Task<Results<SizedJsonResult<SubmissionPage>, ProblemHttpResult>> GetAsync(
        HttpContext context, SubmissionPageReader reader, CancellationToken cancellationToken,
        [FromQuery(Name = "limit")] string? limitText = null, [FromQuery(Name = "before")] string? cursor = null,
        [FromQuery(Name = "index")] string? indexText = null)
    {
        long limit = DefaultLimit;
        if (limitText is not null && !(TryRead(limitText, out limit) && limit is >= 1 and <= MaxLimit))
            return Reject($"limit must be a whole number from 1 to {MaxLimit}.");
        var before = long.MaxValue;
        if (cursor is not null && !TryRead(cursor, out before))
            return Reject("before must be the cursor that an earlier page gave as next.");
        SequenceIndex index = default;
        if (indexText is not null && SequenceIndex.Read(indexText, SequenceIndex.Limit, out index) != IndexVerdict.Accepted)
            return Reject($"index must be a whole number from 0 to {SequenceIndex.Limit}.");

        // One more than the limit shows whether there is a next page.
        var found = await reader.ReadAsync((int)limit + 1, before, indexText is null ? null : index.Value, cancellationToken);
        context.DisableStoreTimeout();
        var items = found.Take((int)limit).ToArray();
        var page = new SubmissionPage(items, found.Count > limit ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
        return new SizedJsonResult<SubmissionPage>(page, ApiJson.Default.SubmissionPage);
    }

    private static bool TryRead(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static ProblemHttpResult Reject(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>Reads pages of submissions.</summary>
internal sealed class SubmissionPageReader(NpgsqlDataSource dataSource)
{
    /// <summary>
    /// Submissions below an id, optionally of one index, newest first. The limit is part of the statement's text: PostgreSQL
    /// estimates a tenth of all rows for a limit that is a parameter, and plans anew each time once there are many.
    /// </summary>
    public async Task<IReadOnlyList<SubmissionItem>> ReadAsync(int limit, long before, int? index, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand($"""
            SELECT s.id, s.index, s.accepted_at, o.digits, o.preview, o.reason, o.computed_at
            FROM submission s LEFT JOIN outcome o ON o.index = s.index
            WHERE s.id < $1 {(index is null ? "" : "AND s.index = $2")}
            ORDER BY s.id DESC LIMIT {limit.ToString(CultureInfo.InvariantCulture)}
            """);
        command.Parameters.Add(new() { Value = before });
        if (index is { } only)
            command.Parameters.Add(new() { Value = only });

        var page = new List<SubmissionItem>(limit);
        await using var reader = await command.ExecuteReaderInTimeAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            page.Add(ReadItem(reader));
        return page;
    }

    private static SubmissionItem ReadItem(NpgsqlDataReader row)
    {
        var (id, index, acceptedAt, computedAt) = (row.GetInt64(0), row.GetInt32(1), row.GetDateTime(2), row.ReadTime(6));
        if (row.IsDBNull(3))
            return new SubmissionItem(id, index, SubmissionState.Pending, null, null, null, acceptedAt, null);
        return row.IsDBNull(5)
            ? new SubmissionItem(id, index, SubmissionState.Computed, row.GetInt32(3), row.GetString(4), null, acceptedAt, computedAt)
            : new SubmissionItem(id, index, SubmissionState.Failed, null, null, row.GetString(5), acceptedAt, computedAt);
    }
}
