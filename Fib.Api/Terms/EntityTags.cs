using Microsoft.Net.Http.Headers;

namespace Fib.Api.Terms;

/// <summary>Conditional requests (RFC 9110, section 13.1.2) for answers that are written by hand.</summary>
internal static class EntityTags
{
    /// <summary>Sets the answer's entity tag; true where the client has that answer already and 304 is all it gets.</summary>
    public static bool TryAnswerNotModified(this HttpContext context, EntityTagHeaderValue tag)
    {
        context.Response.GetTypedHeaders().ETag = tag;
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
