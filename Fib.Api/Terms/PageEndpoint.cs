using System.Globalization;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Fib.Api.Terms;

/// <summary><c>GET /values</c>: a page of submissions, newest first.</summary>
internal static class PageEndpoint
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    public static async Task<Results<SizedJsonResult<SubmissionPage>, ProblemHttpResult>> GetPageAsync(
        SubmissionReader reader, CancellationToken cancellationToken,
        [FromQuery(Name = "limit")] string? limitText = null, [FromQuery(Name = "before")] string? cursor = null, [FromQuery(Name = "index")] string? indexText = null)
    {
        var limit = DefaultLimit;
        if (limitText is not null && !(int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit))
            return Refuse($"limit must be a whole number from 1 to {MaxLimit}.");
        var before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Refuse("before must be the cursor that an earlier page gave as next.");
        SequenceIndex index = default;
        if (indexText is not null && SequenceIndex.Read(indexText, SequenceIndex.Limit, out index) != IndexVerdict.Accepted)
            return Refuse($"index must be a whole number from 0 to {SequenceIndex.Limit}.");

        // One more than asked for tells whether there is a next page.
        var found = await reader.ReadPageAsync(limit + 1, before, indexText is null ? null : index.Value, cancellationToken);
        var items = found.Take(limit).Select(ToItem).ToArray();
        var page = new SubmissionPage(items, found.Count > limit ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null);
        return new SizedJsonResult<SubmissionPage>(page, ApiJson.Default.SubmissionPage);
    }

    private static ProblemHttpResult Refuse(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static SubmissionItem ToItem(SubmissionRecord submission) => submission.Outcome switch
    {
        null => new(submission.Id, submission.Index, "Pending", null, null, null, submission.AcceptedAt, null),
        { Reason: { } reason } failed => new(submission.Id, submission.Index, "Failed", null, null, reason, submission.AcceptedAt, failed.ComputedAt),
        var computed => new(submission.Id, submission.Index, "Computed", computed.Digits, computed.Preview, null, submission.AcceptedAt, computed.ComputedAt),
    };
}
