using Microsoft.Net.Http.Headers;

namespace Fib.Api.Http;

/// <summary>Conditional requests (RFC 9110, section 13.1.2) for responses that an endpoint writes itself.</summary>
internal static class EntityTags
{
    /// <summary>Returns true, with status 304 and the entity tag, if the client has this version already.</summary>
    public static bool TryAnswerNotModified(this HttpContext context, EntityTagHeaderValue tag)
    {
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        if (!known.Any(one => one.Compare(tag, useStrongComparison: false) || one.Equals(EntityTagHeaderValue.Any)))
            return false;
        context.Response.GetTypedHeaders().ETag = tag;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
