namespace Fib.Api.Storage;

/// <summary>The answer while a store is away: 503, problem details, Retry-After.</summary>
internal static class StoreAwayProblem
{
    public const string Away = "A store is away. Nothing is lost; please try again.";

    /// <summary>One answer that took too long says nothing of the store as a whole.</summary>
    public const string TooLate = "The answer took too long. Nothing is lost; please try again.";

    private const string RetryAfterSeconds = "2";

    public static async Task WriteAsync(HttpContext context, IProblemDetailsService problems, string detail)
    {
        // A part of the answer is written already: better no answer than that part with a problem behind it.
        if (context.Response.BodyWriter.UnflushedBytes > 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = detail },
        });
    }
}
