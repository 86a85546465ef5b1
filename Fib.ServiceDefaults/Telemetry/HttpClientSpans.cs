using System.Diagnostics;
using System.Net;

namespace Fib.ServiceDefaults.Telemetry;

/// <summary>The spans of calls to other services.</summary>
internal static class HttpClientSpans
{
    /// <summary>
    /// A 4xx is an answer that the caller expects, such as the refusal of an index that is too high; the framework marks it
    /// as an error (opentelemetry.io, "Semantic conventions for HTTP spans", Status, leaves that to who knows more).
    /// </summary>
    public static void AcceptRefusals(Activity activity, HttpResponseMessage response)
    {
        if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            activity.SetStatus(ActivityStatusCode.Unset).SetTag("error.type", null);
    }
}
