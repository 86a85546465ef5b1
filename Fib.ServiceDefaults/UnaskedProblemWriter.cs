using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fib.ServiceDefaults;

/// <summary>Comes after the framework's writer, which writes no problem details to a client whose Accept leaves no room for them: better an unasked-for format than no reason.</summary>
internal sealed class UnaskedProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        // Now the framework's writer takes it.
        context.HttpContext.Request.Headers.Accept = default;
        return context.HttpContext.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(context);
    }
}
