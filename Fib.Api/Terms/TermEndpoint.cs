using System.Text;
using Fib.Api.Storage;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;
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
            return TypedResults.Problem($"The term of index {asked} could not be computed: {reason}", statusCode: StatusCodes.Status500InternalServerError);
        if (outcome is null || await terms.GetAsync(asked, outcome) is not { } digits)
            return Pending(context);
        return AsksForJson(context.Request) ? AsJson(context, asked, digits) : AsDigits(context, asked, digits);
    }

    /// <summary>Pending, or being computed again because its digits were dropped.</summary>
    private static StatusCodeHttpResult Pending(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static FileContentHttpResult AsDigits(HttpContext context, SequenceIndex index, byte[] digits)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        // A term never changes, so its index is tag enough.
        return TypedResults.Bytes(digits, "text/plain; charset=utf-8", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{index}\""));
    }

    private static Ok<TermResponse> AsJson(HttpContext context, SequenceIndex index, byte[] digits)
    {
        context.Response.Headers.Vary = HeaderNames.Accept;
        context.Response.GetTypedHeaders().ETag = new EntityTagHeaderValue($"\"{index}-json\"");
        return TypedResults.Ok(new TermResponse(index.Value, digits.Length, Encoding.ASCII.GetString(digits)));
    }

    private static bool AsksForJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(accepted => accepted.Quality ?? 1)
            .FirstOrDefault(accepted => accepted.MatchesMediaType("text/plain") || accepted.MatchesMediaType("application/json"))
            ?.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ?? false;
}
