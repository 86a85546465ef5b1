using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fib.ServiceDefaults.Http;

/// <summary>Limits <c>Range</c> headers to GET requests and the unit bytes (RFC 9110, section 14.2).</summary>
public static class RangeFilter
{
    /// <summary>Removes any other range, which the framework's range processing would apply.</summary>
    public static void UseRangeFilter(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use((context, next) =>
        {
            if (context.Request.Headers.Range.Count > 0 && !IsApplicable(context.Request))
                context.Request.Headers.Range = default;
            return next(context);
        });
    }

    private static bool IsApplicable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Range.ToString().StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);
}
