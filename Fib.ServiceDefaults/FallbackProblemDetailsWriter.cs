using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>
/// Writes problem details even if the client's <c>Accept</c> header excludes them: an error in another format tells the client
/// more than an empty response.
/// </summary>
/// <remarks>Registered after the framework's writer, which declines if the client does not accept problem details.</remarks>
internal sealed class FallbackProblemDetailsWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context) =>
        context.HttpContext.RequestServices.GetServices<IProblemDetailsWriter>()
            .First(writer => writer is not FallbackProblemDetailsWriter)
            .WriteAsync(context);
}
