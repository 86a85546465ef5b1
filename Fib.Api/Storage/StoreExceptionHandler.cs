using Microsoft.AspNetCore.Diagnostics;

namespace Fib.Api.Storage;

/// <summary>Answers 503 with Retry-After when a store is away.</summary>
internal sealed class StoreExceptionHandler(IProblemDetailsService problems, ILogger<StoreExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!StoreFailure.Is(exception))
            return false;
        Log.StoreAway(logger, exception.Message);
        await StoreAwayProblem.WriteAsync(httpContext, problems);
        return true;
    }
}
