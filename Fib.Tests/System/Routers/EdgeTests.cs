using System.Text.RegularExpressions;
using Fib.Tests.Support;

namespace Fib.Tests.System.Routers;

/// <summary>The cases of docs/http-edges.md: both routers respond alike.</summary>
public abstract partial class EdgeTests : IAsyncLifetime
{
    private FakeUpstream _api = null!;
    private FakeUpstream _web = null!;
    private IRouter? _router;

    /// <summary>Each request, and the request that the upstream receives or the status of the rejection.</summary>
    private static readonly Dictionary<string, (string Request, string Expected)> Requests = new()
    {
        ["a header in UTF-8"] = (Get("/api/x", "Cookie: name=Jos\u00c3\u00a9\r\n"), "api GET /x 0"),
        ["a header in Latin-1"] = (Get("/api/x", "Cookie: name=Jos\u00e9\r\n"), "api GET /x 0"),
        ["a header of 20 KB"] = (Get("/api/x", $"X-Long: {new string('x', 20_000)}\r\n"), "api GET /x 0"),
        ["a header of 40 KB"] = (Get("/api/x", $"X-Long: {new string('x', 40_000)}\r\n"), "431"),
        ["80 headers of 32 KB"] = (Get("/api/x", Headers(80, 392)), "api GET /x 0"),
        ["96 headers"] = (Get("/api/x", Headers(96, 1)), "api GET /x 0"),
        ["headers of 60 KB"] = (Get("/api/x", Repeat($"X-Long: {new string('x', 6_000)}\r\n", 10)), "431"),
        ["a path of 7 KB"] = (Get($"/api/{new string('x', 7_000)}"), $"api GET /{new string('x', 7_000)} 0"),
        ["a path of 10 KB"] = (Get($"/api/{new string('x', 10_000)}"), "414"),
        ["a path of 40 KB"] = (Get($"/api/{new string('x', 40_000)}"), "414"),
        ["HTTP/1.0 without a host"] = ("GET /api/x HTTP/1.0\r\n\r\n", "api GET /x 0"),
        ["HTTP/1.1 without a host"] = ("GET /api/x HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
        ["HTTP/9.9"] = ("GET /api/x HTTP/9.9\r\nHost: fib\r\n\r\n", "505"),
        ["an absolute address"] = ("GET http://fib/api/x HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n\r\n", "api GET /x 0"),
        ["slashes within a route"] = (Get("/api//x"), "api GET //x 0"),
        ["slashes before a route"] = (Get("//api//x"), "web GET //api//x 0"),
        ["an escaped slash"] = (Get("/api%2fx"), "404"),
        ["an escaped slash within a route"] = (Get("/api/a%2Fb"), "404"),
        ["an escaped slash in a query"] = (Get("/api/x?a=%2f"), "api GET /x?a=%2f 0"),
        ["an escaped line feed"] = (Get("/api/7%0a"), "api GET /7%0A 0"),
        ["an escaped line feed after a route"] = (Get("/api%0a"), "web GET /api%0A 0"),
        ["an invalid escape"] = (Get("/api/%zz"), "400"),
        ["a truncated escape"] = (Get("/api/7%1"), "400"),
        ["an escaped NUL"] = (Get("/api/%00"), "400"),
        ["dots within the root"] = (Get("/api/a/../x"), "api GET /x 0"),
        ["dots that leave the root"] = (Get("/api/../../x"), "400"),
        ["escaped dots that leave the root"] = (Get("/%2e%2e/x"), "400"),
        ["a method in lower case"] = ("get /api/x HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n\r\n", "400"),
        ["an unknown method"] = ("BREW /api/x HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n\r\n", "api BREW /x 0"),
        ["CONNECT"] = ("CONNECT fib:80 HTTP/1.1\r\nHost: fib:80\r\nConnection: close\r\n\r\n", "4.."),
        ["TRACE"] = ("TRACE /api/x HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n\r\n", "405"),
        ["a body above the limit"] = (Post($"Content-Length: 102401\r\n\r\n{new string('x', 102_401)}"), "413"),
        ["chunks above the limit"] =
            (Post($"Transfer-Encoding: chunked\r\n\r\n19001\r\n{new string('x', 102_401)}\r\n0\r\n\r\n"), "413"),
        ["an invalid length"] = (Post("Content-Length: eleven\r\n\r\n"), "400"),
        ["an invalid chunk size"] = (Post("Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "400"),
        ["an unknown transfer coding"] = (Post("Transfer-Encoding: nonsense\r\n\r\n"), "400|501"),
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    public async ValueTask InitializeAsync()
    {
        _api = await FakeUpstream.StartAsync("api");
        _web = await FakeUpstream.StartAsync("web");
        _router = await StartRouterAsync(_api.Address, _web.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_router is not null)
            await _router.DisposeAsync();
        await _api.DisposeAsync();
        await _web.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_EdgeCase_ResponseIsAsDocumented(string name)
    {
        Assert.SkipWhen(_router is null, "nginx is not installed");
        var address = _router.Client.BaseAddress!;
        var (request, expected) = Requests[name];
        // Once on a new connection to the upstream and once on an open one, whose limits the gateway then knows.
        for (var repetition = 0; repetition < 2; repetition++)
        {
            var response = await RawConnection.SendAsync(address, request);
            Assert.Matches(Pattern(expected), response);
            Problem.AssertNoLeak(response);
            // A client's error does not mark the upstream as unhealthy.
            var next = await RawConnection.SendAsync(address, "GET /api/x HTTP/1.0\r\nHost: fib\r\n\r\n");
            Assert.EndsWith("api GET /x 0", next, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Send_IncompleteRequest_IsClosed()
    {
        Assert.SkipWhen(_router is null, "nginx is not installed");
        var address = _router.Client.BaseAddress!;
        string[] requests =
        [
            Post("Content-Length: 100\r\n\r\nx"),
            Post("Transfer-Encoding: chunked\r\n\r\n64\r\nx"),
            "GET /api/x HTTP/1.1\r\nHost: fib\r\n",
        ];
        foreach (var response in await Task.WhenAll(requests.Select(request => RawConnection.SendAsync(address, request))))
            Assert.Matches("^(HTTP/1.1 408 |$)", response);
    }

    /// <returns>The router, or null if it is not installed.</returns>
    private protected abstract Task<IRouter?> StartRouterAsync(string api, string web);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Headers(int count, int length) =>
        string.Concat(Enumerable.Range(1, count).Select(number => $"X-{number}: {new string('x', length)}\r\n"));

    private static string Get(string path, string headers = "") =>
        $"GET {path} HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n{headers}\r\n";

    private static string Post(string rest) => $"POST /api/x HTTP/1.1\r\nHost: fib\r\nConnection: close\r\n{rest}";

    private static string Pattern(string expected) =>
        Statuses().IsMatch(expected)
            ? $@"^HTTP/1\.1 ({expected}) "
            : $@"^HTTP/1\.1 200 OK\r\n(.|\n)*\n{Regex.Escape(expected)}(\r\n0\r\n\r\n)?$";

    [GeneratedRegex("^[0-9.|]+$")]
    private static partial Regex Statuses();
}

public sealed class GatewayEdgeTests : EdgeTests
{
    private protected override async Task<IRouter?> StartRouterAsync(string api, string web) => await RunningGateway.StartAsync(api, web);
}

public sealed class NginxEdgeTests : EdgeTests
{
    private protected override async Task<IRouter?> StartRouterAsync(string api, string web) => await RunningNginx.TryStartAsync(api, web);
}
