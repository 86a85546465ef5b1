using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Sends requests composed at random from valid and invalid parts; a seed always gives the same requests.</summary>
internal sealed partial class RequestFuzzer(Uri router, int seed)
{
    /// <summary>The longest time that a router may keep a connection open after a complete or a truncated request.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan HalfCloseDelay = TimeSpan.FromMilliseconds(500);

    private static readonly string[] Methods =
    [
        "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "G\u00c4T", "", "BREW",
    ];

    private static readonly string[] Paths =
    [
        "/", "/otherpage", "/terms/7", "/terms/99999999", "/terms/seven", "/health", "/alive", "/api", "/api/", "/api/values",
        "/api/values/all", "/api/values/current",
        "/api/values/7", "/api/values/batch", "/api/values/requeue", "/api/system", "/api/openapi/v1.json", "/api/health",
        "/site.css", "/ws", "*", "", "http://elsewhere.example/api/",
    ];

    private static readonly string[] PathParts =
    [
        "/", "//", "/..", "/../..", "/.", "%2f", "%00", "%0a", "%zz", "%", "%c3%a9", "%ff", "\u00e9", "\0", ";", "#x", "?",
        "?limit=5", "?limit=-1", "?before=x&index=7", "?index=1-3", "?a=%zz", "7", "-1", "1e3", "99999999999999999999",
    ];

    private static readonly string[] Versions =
        ["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP", ""];

    private static readonly string[] Headers =
    [
        "Accept: application/json", "Accept: */*;q=0", "Accept: \u00e9", "Accept: text/html", "Accept-Encoding: gzip",
        "Accept-Encoding: br;q=2", "Range: bytes=0-1", "Range: bytes=-0", "Range: lines=0-1",
        "If-None-Match: *", "If-None-Match: \"7\"", "If-None-Match: 7", "If-Range: \"7\"", "If-Modified-Since: yesterday",
        "Cookie: name=Jos\u00e9", "Cookie: =; ;;", "Host: elsewhere", "Host: \u00e9", "Host: a b", "Host:",
        "Content-Type: application/json", "Content-Type: application/json", "Content-Type: application/json; charset=utf-16",
        "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data",
        "Content-Type: multipart/form-data; boundary=x", "Content-Type: nonsense", "Content-Encoding: gzip",
        "Content-Encoding: identity", "Expect: 100-continue", "Expect: nonsense", "Connection: keep-alive",
        "Connection: upgrade", "Upgrade: websocket", "Upgrade: h2c", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: x",
        "Sec-Fetch-Site: cross-site", "Origin: null", "X-Forwarded-For: nonsense", "X-Forwarded-Proto: gopher",
        "X-Forwarded-Host: \u00e9", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "traceparent: nonsense", "tracestate: \u00e9=\u00e9", "baggage: =,=", "Idempotency-Key: x", "Idempotency-Key: \u00e9",
        "Last-Event-ID: x",
        "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Content-Length: 5", "Content-Length: -5",
        "Content-Length: x", " folded", "No colon", ": no name", "X\u00e9: y", "X: \u0001", "X: \0", "TE: trailers", "Trailer: x",
    ];

    private static readonly string[] Bodies =
    [
        "", "", """{"index":7}""", """{"index":"7"}""", """{"index":-1}""", """{"index":1e3}""", """{"index":null}""", "{", "[[[[",
        "null", "\u00ff\u00fe", "index=7", "_handler=submit&index=7&key=x", "--x\r\n\r\n--x--",
        "5\r\nindex\r\n0\r\n\r\n", "zz\r\n", """{"indexes":[1,2,"x"]}""", """[1,2,3]""",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Sends requests, 16 at a time.</summary>
    /// <returns>A line for each request with a server error, with internal details in the response, or with a timeout.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int count)
    {
        var requests = Enumerable.Range(0, count).Select(_ => Next()).ToArray();
        var faults = new List<string>();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (request, _) =>
        {
            if (await FindFaultAsync(request) is { } fault)
            {
                lock (faults)
                    faults.Add($"{fault}: {request.ReplaceLineEndings("\\r\\n")}");
            }
        });
        return faults;
    }

    private async Task<string?> FindFaultAsync(string request)
    {
        var response = "";
        try
        {
            response = await SendAsync(request);
            // Several responses follow one another if a router reads a body as the next request.
            if (ServerErrors().Match(response) is { Success: true } error)
                return error.Value;
            Problem.AssertNoLeak(response);
            return null;
        }
        catch (OperationCanceledException)
        {
            return $"no end after {Deadline.TotalSeconds} s";
        }
        catch (Exception exception)
        {
            return $"{exception.Message} {response}";
        }
    }

    private async Task<string> SendAsync(string request)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var client = new TcpClient();
        await client.ConnectAsync(router.Host, router.Port, deadline.Token);
        var response = new MemoryStream();
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), deadline.Token);
            var received = client.GetStream().CopyToAsync(response, deadline.Token);
            // Closing the sending side ends the wait for the rest of a body. It is delayed because nginx then aborts a request in progress.
            if (await Task.WhenAny(received, Task.Delay(HalfCloseDelay, deadline.Token)) != received)
                client.Client.Shutdown(SocketShutdown.Send);
            await received;
        }
        catch (IOException)
        {
            // A server may respond before it has read the whole request, and close the connection.
        }

        return Encoding.Latin1.GetString(response.ToArray());
    }

    private string Next()
    {
        var path = new StringBuilder(Any(Paths));
        while (_random.Next(4) == 0)
            path.Append(Any(PathParts));
        var body = _random.Next(50) == 0 ? new string('7', _random.Next(200_000)) : Any(Bodies);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Any(Methods)} {path} {Any(Versions)}\r\nConnection: close\r\n");
        if (_random.Next(20) != 0)
            text.Append("Host: fib\r\n");
        for (var count = _random.Next(6); count > 0; count--)
            text.Append(Any(Headers)).Append("\r\n");
        if (_random.Next(100) == 0)
            text.Append(CultureInfo.InvariantCulture, $"X-Long: {new string('x', _random.Next(60_000))}\r\n");
        if (body.Length > 0 && _random.Next(4) != 0)
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return text.Append("\r\n").Append(body).ToString();
    }

    private string Any(string[] values) => values[_random.Next(values.Length)];

    /// <summary>501 and 505 are responses to an invalid request and not faults of the server.</summary>
    [GeneratedRegex(@"^HTTP/1\.1 5(?!01|05)\d\d [^\r]*", RegexOptions.Multiline)]
    private static partial Regex ServerErrors();
}
