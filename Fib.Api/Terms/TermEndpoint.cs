using System.Net.Mime;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/{index}</c>: one whole term, as digits or by Accept as JSON.</summary>
internal static class TermEndpoint
{
    private const string RetryAfterSeconds = "1";

    public static async Task<IResult> GetTermAsync(string index, HttpContext context, SubmissionReader reader, TermStore terms, CancellationToken cancellationToken)
    {
        if (SequenceIndex.Read(index, SequenceIndex.Limit, out var asked) != IndexVerdict.Accepted)
            return TypedResults.Problem("There is no such index.", statusCode: StatusCodes.Status404NotFound);
        var (isKnown, outcome) = await reader.FindAsync(asked.Value, cancellationToken);
        if (!isKnown)
            return TypedResults.Problem($"Nobody has asked for index {asked} yet.", statusCode: StatusCodes.Status404NotFound);
        if (outcome?.Reason is { } reason)
            return TypedResults.Problem($"The term of index {asked} could not be computed: {reason}", statusCode: StatusCodes.Status422UnprocessableEntity);
        if (outcome is null || await terms.OpenAsync(asked, outcome, cancellationToken) is not { } digits)
            return Pending(context);

        // The stores have answered: from here on only the client's pace counts.
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        context.Response.Headers.Vary = HeaderNames.Accept;
        return AsksForJson(context.Request) ? new TermJsonResult(asked, digits) : AsDigits(asked, digits);
    }

    /// <summary>Pending, or being computed again because its digits were dropped.</summary>
    private static StatusCodeHttpResult Pending(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>A term never changes, so its index is tag enough.</summary>
    private static FileStreamHttpResult AsDigits(SequenceIndex index, Stream digits) =>
        TypedResults.Stream(digits, "text/plain; charset=utf-8", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{index}\""));

    /// <summary>Of two types that are equally welcome the one that is named first is chosen; digits where neither is.</summary>
    private static bool AsksForJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var (json, digits) = (FindRange(accepted, MediaTypeNames.Application.Json), FindRange(accepted, MediaTypeNames.Text.Plain));
        var order = Quality(json).CompareTo(Quality(digits));
        return order > 0 || (order == 0 && json is not null && accepted.IndexOf(json) < accepted.IndexOf(digits!));
    }

    /// <summary>The most specific range that covers a type (RFC 9110, section 12.5.1).</summary>
    private static MediaTypeHeaderValue? FindRange(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MatchesMediaType(type)).MinBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0);

    private static double Quality(MediaTypeHeaderValue? range) => range is null ? 0 : range.Quality ?? 1;
}
