namespace Fib.Web.Components.Pages;

/// <summary>Answers that are more than a page.</summary>
internal static class Answers
{
    private const string RetrySeconds = "2";

    /// <summary>Sends the browser on after a post (RFC 9110, section 15.4.4). Relative, since the scheme is the router's affair.</summary>
    public static void SeeOther(this HttpResponse response, string address) =>
        (response.StatusCode, response.Headers.Location) = (StatusCodes.Status303SeeOther, address);

    /// <summary>The page says that the api is away, and its status when to come back.</summary>
    public static void SayAway(this HttpResponse response) =>
        (response.StatusCode, response.Headers.RetryAfter) = (StatusCodes.Status503ServiceUnavailable, RetrySeconds);
}
