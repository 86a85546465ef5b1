using System.Diagnostics;
using System.Net;
using Fib.Core.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>
/// The gateway's own errors: problem details below the path in the route table, a short page elsewhere. Responses of a service,
/// errors included, are forwarded unchanged.
/// </summary>
internal static class GatewayErrors
{
    private const string RetrySeconds = "2";

    /// <summary>Whether the request itself could not be sent, to any service.</summary>
    public static bool IsInvalidRequest(this IForwarderErrorFeature error) => error is
    {
        Error: ForwarderError.Request,
        Exception: HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null },
    };

    /// <summary>Whether the service was unreachable, did not respond in time or closed the connection early.</summary>
    public static bool IsServiceFailure(this IForwarderErrorFeature error) =>
        error.Error is ForwarderError.Request or ForwarderError.RequestTimedOut
            or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination
        && !error.IsInvalidRequest();

    public static Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.Features.Get<IForwarderErrorFeature>() is { } error && response.StatusCode >= StatusCodes.Status500InternalServerError)
            response.StatusCode = error.IsInvalidRequest() ? StatusCodes.Status400BadRequest : StatusCodes.Status503ServiceUnavailable;
        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetrySeconds;
        response.Headers.CacheControl = "no-store";

        var problemDetails = context.RequestServices.GetRequiredService<IConfiguration>().ReadProblemDetailsPath();
        if (context.Request.Path.StartsWithSegments(problemDetails, StringComparison.OrdinalIgnoreCase))
            return Problem(context).ExecuteAsync(context);
        foreach (var (name, value) in PageHeaders.All)
            response.Headers[name] = value;
        return Page(response.StatusCode).ExecuteAsync(context);
    }

    private static ProblemHttpResult Problem(HttpContext context) => TypedResults.Problem(
        RouterErrors.GetDetail(context.Response.StatusCode),
        statusCode: context.Response.StatusCode,
        title: ReasonPhrases.GetReasonPhrase(context.Response.StatusCode),
        extensions: [new("traceId", Activity.Current?.Id ?? context.TraceIdentifier)]);

    private static ContentHttpResult Page(int status)
    {
        var title = $"{status} {WebUtility.HtmlEncode(ReasonPhrases.GetReasonPhrase(status))}";
        const string meta = """
            <meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
            """;
        return TypedResults.Content(
            $"""
            <!doctype html>
            <html lang="en">
            <head>{meta}<title>{title}</title></head>
            <body><h1>{title}</h1><p>{RouterErrors.GetDetail(status)}</p></body>
            </html>

            """,
            "text/html; charset=utf-8",
            statusCode: status);
    }
}
