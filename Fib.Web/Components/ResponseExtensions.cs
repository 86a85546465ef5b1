namespace Fib.Web.Components;

/// <summary>Status codes and headers that a page sets beside its content.</summary>
internal static class ResponseExtensions
{
    private const string RetryAfterSeconds = "2";

    /// <summary>Redirects after a post (RFC 9110, section 15.4.4). A relative address, since a proxy may have another scheme.</summary>
    public static void SeeOther(this HttpResponse response, string address) =>
        (response.StatusCode, response.Headers.Location) = (StatusCodes.Status303SeeOther, address);

    /// <summary>Sets 503 and Retry-After, for a page that reports that the api is unavailable.</summary>
    public static void SetUnavailable(this HttpResponse response) =>
        (response.StatusCode, response.Headers.RetryAfter) = (StatusCodes.Status503ServiceUnavailable, RetryAfterSeconds);
}
