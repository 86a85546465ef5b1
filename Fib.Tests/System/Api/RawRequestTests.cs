using System.Text.RegularExpressions;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Requests that are not valid HTTP.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed partial class RawRequestTests(SystemFixture system)
{
    private const string Post = "POST /api/values HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private const string Body = """{"index":7}""";

    private static readonly Dictionary<string, string> Requests = new()
    {
        ["nonsense"] = "NONSENSE\r\n\r\n",
        ["bytes of TLS"] = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
        ["no version"] = "GET /api/values/all\r\n\r\n",
        ["an unknown version"] = "GET /api/values/all HTTP/9.9\r\nHost: localhost\r\n\r\n",
        ["no host"] = "GET /api/values/all HTTP/1.1\r\n\r\n",
        ["two hosts"] = "GET /api/values/all HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n",
        ["a header without a colon"] = "GET /api/values/all HTTP/1.1\r\nHost: localhost\r\nNonsense\r\n\r\n",
        ["a NUL in a header"] = "GET /api/values/all HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n",
        ["a NUL in the path"] = "GET /api/values/\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ["an escaped NUL in the path"] = "GET /api/values/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ["a very long path"] = $"GET /api/values/{new string('7', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ["very long headers"] = "GET /api/values/all HTTP/1.1\r\nHost: localhost\r\n"
            + $"{string.Concat(Enumerable.Repeat($"X: {new string('x', 1_000)}\r\n", 100))}\r\n",
        ["a negative length"] = $"{Post}Content-Length: -1\r\n\r\n{Body}",
        ["an invalid length"] = $"{Post}Content-Length: eleven\r\n\r\n{Body}",
        ["a length above 2^64"] = $"{Post}Content-Length: 99999999999999999999\r\n\r\n{Body}",
        ["two lengths"] = $"{Post}Content-Length: 11\r\nContent-Length: 12\r\n\r\n{Body}",
        ["an invalid chunk size"] = $"{Post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{Body}\r\n0\r\n\r\n",
        ["a chunk longer than its size"] = $"{Post}Transfer-Encoding: chunked\r\n\r\n3\r\n{Body}\r\n0\r\n\r\n",
        ["an unknown transfer encoding"] = $"{Post}Transfer-Encoding: nonsense\r\n\r\n{Body}",
        ["no length"] = $"{Post}\r\n{Body}",
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Send_InvalidHttp_IsRejectedAndStoresNothing(string name)
    {
        var before = await system.Gateway.GetAllAsync();
        var response = await RawConnection.SendAsync(system.System.Address, Requests[name]);

        Assert.Matches(Rejection, response);
        Problem.AssertNoLeak(response);
        Assert.Equal(before, await system.Gateway.GetAllAsync());
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"index\":7}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nb\r\n{\"index\":7}\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task Send_TruncatedBody_StoresNothing(string rest)
    {
        var before = await system.Gateway.GetAllAsync();
        var response = await RawConnection.SendAsync(system.System.Address, Post + rest, breakOff: true);
        Assert.DoesNotContain(" 200 OK", response, StringComparison.Ordinal);
        Assert.Equal(before, await system.Gateway.GetAllAsync());
    }

    [Theory]
    [InlineData("GET http://elsewhere.example/api/ HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /api/ HTTP/1.0\r\n\r\n")]
    [InlineData("GET /%61pi/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")]
    public async Task Send_UnusualButValid_Is200(string request) =>
        Assert.StartsWith("HTTP/1.1 200 OK", await RawConnection.SendAsync(system.System.Address, request), StringComparison.Ordinal);

    [GeneratedRegex(@"^HTTP/1\.1 (4\d\d|501|505) ")]
    private static partial Regex Rejection { get; }
}
