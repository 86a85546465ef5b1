using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>Writes problem details also to a client whose <c>Accept</c> does not include them: an unrequested format says more than an empty response.</summary>
/// <remarks>Added after the framework's writer, which writes whatever the client accepts but is asked only where it does.</remarks>
internal sealed class UnaskedProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context) =>
        context.HttpContext.RequestServices.GetServices<IProblemDetailsWriter>().First(writer => writer is not UnaskedProblemWriter).WriteAsync(context);
}
