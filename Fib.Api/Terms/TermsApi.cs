using System.Globalization;
using System.Net.Mime;
using System.Text;
using Fib.Api.Database;
using Fib.Api.Http;
using Fib.Core.Sequence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary><c>GET /values/{index}</c>: one whole term, as digits or, by content negotiation, as JSON.</summary>
internal static class TermsApi
{
    private const string RetryAfterSeconds = "1";

    public static void AddTerms(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<OutcomeStore>().AddSingleton<TermDigitsStore>().AddHostedService<OutcomeRecorder>();

    public static void MapTerms(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/values/{index}", ApiDescription.Reading, GetTermAsync).WithTags("values").WithSummary("One whole term.");

    private static async Task<IResult> GetTermAsync(
        string index, HttpContext context, OutcomeStore outcomes, TermDigitsStore terms, CancellationToken cancellationToken)
    {
        if (SequenceIndex.Read(index, SequenceIndex.Limit, out var requested) != IndexVerdict.Accepted)
            return TypedResults.Problem("There is no such index.", statusCode: StatusCodes.Status404NotFound);
        var (isKnown, outcome) = await outcomes.FindAsync(requested.Value, cancellationToken);
        if (!isKnown)
            return TypedResults.Problem($"Index {requested} was not submitted yet.", statusCode: StatusCodes.Status404NotFound);
        if (outcome is null)
            return Pending(context);
        var isJson = PrefersJson(context.Request);
        var tag = CreateTag(requested, isJson);
        // A term never changes, whether or not Redis still has it.
        if (outcome.Reason is null && context.TryAnswerNotModified(tag))
        {
            context.Response.Headers.Vary = HeaderNames.Accept;
            return TypedResults.Empty;
        }

        var (digits, failure) = outcome.Reason is { } reason
            ? (null, reason)
            : await terms.OpenAsync(requested, outcome, cancellationToken);
        if (failure is not null)
        {
            return TypedResults.Problem(
                $"The term of index {requested} could not be computed: {failure}", statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        if (digits is null)
            return Pending(context);

        context.DisableStoreTimeout();
        context.Response.Headers.Vary = HeaderNames.Accept;
        return isJson ? new TermJsonResult(requested, digits, tag) : AsDigits(digits, tag);
    }

    /// <summary>The term is pending, or computed again because Redis evicted its digits.</summary>
    private static StatusCodeHttpResult Pending(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    /// <summary>A term never changes, so its index is the entity tag.</summary>
    private static EntityTagHeaderValue CreateTag(SequenceIndex index, bool isJson) =>
        new(isJson ? $"\"{index}-json\"" : $"\"{index}\"");

    private static FileStreamHttpResult AsDigits(Stream digits, EntityTagHeaderValue tag) =>
        TypedResults.Stream(digits, "text/plain; charset=utf-8", enableRangeProcessing: true, entityTag: tag);

    /// <summary>Whether JSON has the higher quality, or the same and is named first. Digits if neither is accepted.</summary>
    private static bool PrefersJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var (json, digits) = (FindRange(accepted, MediaTypeNames.Application.Json), FindRange(accepted, MediaTypeNames.Text.Plain));
        var order = Quality(json).CompareTo(Quality(digits));
        return order > 0 || (order == 0 && json is not null && accepted.IndexOf(json) < accepted.IndexOf(digits!));
    }

    /// <summary>The most specific media range that matches a type (RFC 9110, section 12.5.1).</summary>
    private static MediaTypeHeaderValue? FindRange(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(range => range.MatchesMediaType(type)).MinBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0);

    private static double Quality(MediaTypeHeaderValue? range) => range is null ? 0 : range.Quality ?? 1;
}

/// <summary>A term as <c>{"index":7,"digits":2,"term":"13"}</c>, streamed from its source.</summary>
internal sealed class TermJsonResult(SequenceIndex index, Stream digits, EntityTagHeaderValue tag) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var source = digits;
        var head = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index},\"digits\":{digits.Length},\"term\":\""));
        var tail = "\"}"u8.ToArray();

        var response = httpContext.Response;
        response.GetTypedHeaders().ETag = tag;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = head.Length + digits.Length + tail.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        await response.Body.WriteAsync(head, httpContext.RequestAborted);
        await digits.CopyToAsync(response.Body, httpContext.RequestAborted);
        await response.Body.WriteAsync(tail, httpContext.RequestAborted);
    }
}
