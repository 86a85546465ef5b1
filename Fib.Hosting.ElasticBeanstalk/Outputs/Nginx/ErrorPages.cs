using System.Globalization;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>nginx's own errors: problem details where programs ask, a short page elsewhere. What a service answered passes as it is.</summary>
internal static class ErrorPages
{
    private static readonly IReadOnlyList<(int Status, string Title, string Section, string Detail)> Errors =
    [
        (400, "Bad Request", "15.5.1", "The request could not be understood."),
        (404, "Not Found", "15.5.5", "Nothing is at this address."),
        (405, "Method Not Allowed", "15.5.6", "The request could not be understood."),
        (413, "Payload Too Large", "15.5.14", "The request body is too large."),
        (414, "URI Too Long", "15.5.15", "The request could not be understood."),
        (500, "Internal Server Error", "15.6.1", "Something went wrong here."),
        (503, "Service Unavailable", "15.6.4", ""),
    ];

    /// <summary>Refused, unreachable, silent for too long or broken off: to the browser it is all the same.</summary>
    public static string Directives =>
        string.Concat(Errors.Select(error => Line($"    error_page {error.Status} /.errors/$errors_as/{error.Status};"))) +
        "    error_page 502 504 =503 /.errors/$errors_as/503;\n\n";

    public static string Locations(NginxOptions options) => string.Concat(Errors.Select(error => error.Status == 503 ? error with { Detail = options.UnavailableMessage } : error)
        .Select(error => Problem(error.Status, error.Title, error.Section, error.Detail) + Page(error.Status, error.Title, error.Detail, options)));

    private static string Problem(int status, string title, string section, string detail) => Location(
        $"problem/{status}",
        "application/problem+json",
        status,
        "",
        $$"""{"type":"https://tools.ietf.org/html/rfc9110#section-{{section}}","title":"{{title}}","status":{{Number(status)}},"detail":"{{detail}}","traceId":"$request_id"}""");

    private static string Page(int status, string title, string detail, NginxOptions options) => Location(
        $"page/{status}",
        "text/html",
        status,
        string.Concat(options.ErrorPageHeaders.Select(header => $"\n        add_header {header.Key} {Quoted(header.Value)} always;")),
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{Number(status)} {title}</title></head><body><h1>{Number(status)} {title}</h1><p>{detail}</p></body></html>""");

    private static string Location(string path, string type, int status, string headers, string text) =>
        $$"""
            location = /.errors/{{path}} {
                internal;
                default_type {{type}};
                add_header Cache-Control no-store always;{{headers}}{{(status == 503 ? "\n        add_header Retry-After 2 always;" : "")}}
                return {{Number(status)}} '{{text}}';
            }

        """;

    private static string Quoted(string value) => value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') ? value : $"\"{value}\"";

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text) + "\n";
}
