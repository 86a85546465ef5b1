using Microsoft.AspNetCore.Diagnostics;

namespace Fib.Api.Storage;

/// <summary>Answers 503 with Retry-After when a store is unavailable.</summary>
internal sealed class StoreExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!StoreFailure.Is(exception))
            return false;
        await StoreAwayProblem.WriteAsync(httpContext, problems);
        return true;
    }
}
