using System.Globalization;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Nginx;

/// <summary>
/// nginx's own errors: problem details at and below <see cref="NginxOptions.ProblemDetailsPath"/>, a short page elsewhere. Errors of
/// services pass unchanged.
/// </summary>
internal static class ErrorPages
{
    private static readonly IReadOnlyList<(int Status, string Title, string Section, string Detail)> Errors =
    [
        (400, "Bad Request", "rfc9110#section-15.5.1", "The request could not be understood."),
        (404, "Not Found", "rfc9110#section-15.5.5", "Nothing is at this address."),
        (405, "Method Not Allowed", "rfc9110#section-15.5.6", "The request could not be understood."),
        (413, "Payload Too Large", "rfc9110#section-15.5.14", "The request body is too large."),
        (414, "URI Too Long", "rfc9110#section-15.5.15", "The address is too long."),
        (421, "Misdirected Request", "rfc9110#section-15.5.20", "The request could not be understood."),
        (431, "Request Header Fields Too Large", "rfc6585#section-5", "The request headers are too large."),
        (500, "Internal Server Error", "rfc9110#section-15.6.1", "Something went wrong here."),
        (501, "Not Implemented", "rfc9110#section-15.6.2", "The request could not be understood."),
        (503, "Service Unavailable", "rfc9110#section-15.6.4", "The service is temporarily unavailable. Try again in a few seconds."),
        (505, "HTTP Version Not Supported", "rfc9110#section-15.6.6", "The request could not be understood."),
    ];

    /// <summary>
    /// The statuses that clients get instead of nginx's nonstandard ones for headers (494) and TLS (495 to 497), and for failed services
    /// (502, 504).
    /// </summary>
    private static readonly IReadOnlyList<(string Statuses, int Status)> Replaced =
        [("494", 431), ("495 496 497", 400), ("502 504", 503)];

    public static string Directives =>
        string.Concat(Errors.Select(error => Line($"    error_page {error.Status} /.errors/$errors_as/{error.Status};"))) +
        string.Concat(Replaced
            .Select(other => Line($"    error_page {other.Statuses} ={other.Status} /.errors/$errors_as/{other.Status};"))) + "\n";

    public static string Locations(NginxOptions options) => string.Concat(Errors
        .Select(error => options.ErrorMessages.TryGetValue(error.Status, out var message) ? error with { Detail = message } : error)
        .Select(error => Problem(error.Status, error.Title, error.Section, error.Detail)
            + Page(error.Status, error.Title, error.Detail, options)));

    private static string Problem(int status, string title, string section, string detail) => Location(
        $"problem/{status}",
        "application/problem+json",
        status,
        "",
        $$"""{"type":"https://tools.ietf.org/html/{{section}}","title":"{{title}}","status":""" +
        $$"""{{Number(status)}},"detail":"{{detail}}","traceId":"$request_id"}""");

    private static string Page(int status, string title, string detail, NginxOptions options) => Location(
        $"page/{status}",
        "text/html",
        status,
        string.Concat(options.ErrorPageHeaders.Select(header => $"\n        add_header {header.Key} {Quoted(header.Value)} always;")),
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8">""" +
        """<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">""" +
        $"""<title>{Number(status)} {title}</title></head>""" +
        $"""<body><h1>{Number(status)} {title}</h1><p>{detail}</p></body></html>""");

    private static string Location(string path, string type, int status, string headers, string text) =>
        $$"""
            location = /.errors/{{path}} {
                internal;
                default_type {{type}};
                add_header Cache-Control no-store always;{{headers}}{{(status == 503 ? "\n        add_header Retry-After 2 always;" : "")}}
                return {{Number(status)}} '{{text}}';
            }

        """;

    private static string Quoted(string value) => value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        ? value
        : $"\"{value}\"";

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static string Line(FormattableString text) => FormattableString.Invariant(text) + "\n";
}
