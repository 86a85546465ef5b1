using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Fib.Api.Storage;

/// <summary>Answers 503 with Retry-After when a store does not serve. The log says so once, where the background work meets it.</summary>
internal sealed class StoreExceptionHandler(IProblemDetailsService problems, NpgsqlDataSource dataSource) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!StoreFailure.Is(exception))
            return false;
        dataSource.ForgetSessionsAfter(exception);
        await StoreAwayProblem.WriteAsync(httpContext, problems, StoreFailure.IsDeadline(exception) ? StoreAwayProblem.TooLate : StoreAwayProblem.Away);
        return true;
    }
}
