namespace Fib.Api.Storage;

/// <summary>The answer while a store is away: 503, problem details, Retry-After.</summary>
internal static class StoreAwayProblem
{
    private const string RetryAfterSeconds = "2";

    public static async Task WriteAsync(HttpContext context, IProblemDetailsService problems)
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
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = "A store is away. Nothing is lost; please try again." },
        });
    }
}
