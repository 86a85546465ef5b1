using System.Net;
using System.Text;
using Fib.AppHost;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Malformed requests: nothing is stored, no process stops, and the response has no internal details.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class MalformedTests(SystemFixture system) : IAsyncLifetime
{
    private static readonly string[] Services = [ResourceNames.Gateway, ResourceNames.Web, ResourceNames.Api, ResourceNames.Worker];

    private int[] _stored = [];
    private string[] _processes = [];

    public static TheoryData<string> Bodies => [.. MalformedSubmissions.Bodies.Keys];

    public static TheoryData<string> ContentTypes =>
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
        "application/json; charset=utf-16",
        "application/json; charset=nonsense", "application/jsonp", "nonsense", "",
    ];

    public async ValueTask InitializeAsync() => (_stored, _processes) = (await system.Gateway.GetAllAsync(), await GetProcessesAsync());

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(_stored, await system.Gateway.GetAllAsync());
        Assert.Equal(_processes, await GetProcessesAsync());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_NotOneWholeNumber_Is400WithAReason(string name)
    {
        using var response = await system.Gateway.PostJsonAsync(MalformedSubmissions.Bodies[name]);
        await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
    }

    [Fact]
    public async Task Post_InvalidUtf8_Is400WithAReason()
    {
        using var response = await PostAsync([.. "{\"index\":\"7"u8, 0xff, 0xfe, .. "\"}"u8], "application/json");
        await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
    }

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task Post_OtherContentType_Is415(string contentType)
    {
        using var response = await PostAsync("""{"index":7}"""u8.ToArray(), contentType);
        await Problem.AssertDetailAsync(HttpStatusCode.UnsupportedMediaType, response);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("nonsense")]
    public async Task Post_CompressedBody_Is415(string encoding)
    {
        using var content = new ByteArrayContent("""{"index":7}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using var response = await system.Gateway.PostAsync("/api/values", content);
        await Problem.AssertDetailAsync(HttpStatusCode.UnsupportedMediaType, response);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    public async Task Post_ContentEncodingIdentity_IsAccepted(string encoding)
    {
        using var content = new ByteArrayContent("""{"index":7}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var response = await system.Gateway.PostAsync("/api/values", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        _stored = await system.Gateway.GetAllAsync();
    }

    [Theory]
    [InlineData(102_401, false)]
    [InlineData(102_401, true)]
    [InlineData(50_000_000, false)]
    public async Task Post_MoreThan100KB_Is413(int bytes, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = Padded(bytes) };
        request.Headers.TransferEncodingChunked = chunked;
        // A server need not read the whole body that it rejects, so a client sends a large one only after 100 Continue.
        request.Headers.ExpectContinue = bytes > 1_000_000;
        using var response = await system.Gateway.SendAsync(request);
        await Problem.AssertDetailAsync(HttpStatusCode.RequestEntityTooLarge, response);
    }

    [Theory]
    [InlineData(102_400, false)]
    [InlineData(100_000, true)]
    public async Task Post_UpTo100KB_IsReadCompletely(int bytes, bool chunked)
    {
        // A server may count the chunk headers as part of the body.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = Padded(bytes) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await system.Gateway.SendAsync(request);
        Assert.Contains("whole number", await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response), StringComparison.Ordinal);
    }

    /// <summary>JSON without an index, padded with blanks.</summary>
    private static StringContent Padded(int bytes) => new("{}".PadRight(bytes), Encoding.UTF8, "application/json");

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string contentType)
    {
        using var content = new ByteArrayContent(body);
        if (contentType.Length > 0)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await system.Gateway.PostAsync("/api/values", content);
    }

    private Task<string[]> GetProcessesAsync() => Task.WhenAll(Services.Select(system.System.DescribeAsync));
}
