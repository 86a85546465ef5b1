using Fib.Redis.Connection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Npgsql;

namespace Fib.Api.Database;

/// <summary>A store does not answer, or too many requests wait for it; the response is 503 with Retry-After.</summary>
internal sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Answers 503 with Retry-After if a store fails. Background work logs the failure once; requests do not.</summary>
internal sealed class StoreUnavailableHandler(IProblemDetailsService problems, NpgsqlDataSource dataSource) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!StoreErrors.IsUnavailable(exception))
            return false;
        dataSource.ClearPoolAfter(exception);
        await StoreUnavailable.WriteAsync(httpContext, problems, exception switch
        {
            _ when StoreErrors.IsDeadline(exception) => StoreUnavailable.DeadlineExceeded,
            _ when RedisFailure.Is(exception) => StoreUnavailable.RedisUnavailable,
            _ => StoreUnavailable.DatabaseUnavailable,
        });
        return true;
    }
}

/// <summary>The response while a store is unavailable, and how long a request waits for a store.</summary>
internal static class StoreUnavailable
{
    /// <summary>The time that a request waits for a store.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1.5);

    public const string DatabaseUnavailable = "The database is unavailable. Nothing is lost; please try again.";

    public const string RedisUnavailable = "Redis is unavailable. Nothing is lost; please try again.";

    /// <summary>One slow answer does not mean that the store is unavailable.</summary>
    public const string DeadlineExceeded = "The answer took too long. Nothing is lost; please try again.";

    private const string RetryAfterSeconds = "2";

    /// <summary>Ends a request after <see cref="Deadline"/> with 503, unless its endpoint disables that.</summary>
    public static void AddStoreTimeouts(this IServiceCollection services) =>
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = Deadline,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context =>
                WriteAsync(context, context.RequestServices.GetRequiredService<IProblemDetailsService>(), DeadlineExceeded),
        });

    /// <summary>The stores have answered: from here on the client alone decides how long the response takes.</summary>
    public static void DisableStoreTimeout(this HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();

    /// <summary>Writes the problem details.</summary>
    public static async Task WriteAsync(HttpContext context, IProblemDetailsService problems, string detail)
    {
        // A part of the response is written already: a broken connection is better than problem details behind that part.
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

/// <summary>
/// Repeats reads for a response that has begun and can no longer become 503, so that a busy machine or a short outage does
/// not break off the response.
/// </summary>
internal static class ReadRetry
{
    /// <summary>Shorter than the 10 seconds after which a router gives up a response that sends nothing.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats a read until it succeeds, for about eight seconds.</summary>
    /// <param name="read">The read; it may run several times.</param>
    /// <param name="time">Times the pauses.</param>
    /// <param name="cancellationToken">Cancelled when the client has disconnected.</param>
    public static async Task<T> RepeatAsync<T>(Func<Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (IsRetryable(exception) && time.GetElapsedTime(begun) < Limit)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        bool IsRetryable(Exception exception) => StoreErrors.IsUnavailable(exception) && !cancellationToken.IsCancellationRequested;
    }
}
