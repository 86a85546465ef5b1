using System.Net;
using System.Text;
using Fib.AppHost;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

/// <summary>Whatever is sent: nothing is stored, no process stops, and the answer gives nothing of the inside away.</summary>
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
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json; charset=utf-16",
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
    public async Task Post_AnythingElseThanOneWholeNumber_IsRefusedWithAReason(string name)
    {
        using var answer = await system.Gateway.PostJsonAsync(MalformedSubmissions.Bodies[name]);
        await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, answer);
    }

    [Fact]
    public async Task Post_BytesThatAreNoUtf8_IsRefusedWithAReason()
    {
        using var answer = await PostAsync([.. "{\"index\":\"7"u8, 0xff, 0xfe, .. "\"}"u8], "application/json");
        await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, answer);
    }

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task Post_AnotherContentType_Is415(string contentType)
    {
        using var answer = await PostAsync("""{"index":7}"""u8.ToArray(), contentType);
        await Problem.AssertDetailAsync(HttpStatusCode.UnsupportedMediaType, answer);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("nonsense")]
    public async Task Post_ACompressedBody_Is415(string encoding)
    {
        using var content = new ByteArrayContent("""{"index":7}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.ContentEncoding.Add(encoding);
        using var answer = await system.Gateway.PostAsync("/api/values", content);
        await Problem.AssertDetailAsync(HttpStatusCode.UnsupportedMediaType, answer);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    public async Task Post_AnIndexThatIsSaidNotToBeCompressed_IsAccepted(string encoding)
    {
        using var content = new ByteArrayContent("""{"index":7}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var answer = await system.Gateway.PostAsync("/api/values", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
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
        // A server need not read on to the end of what it refuses: who would send that much asks first.
        request.Headers.ExpectContinue = bytes > 1_000_000;
        using var answer = await system.Gateway.SendAsync(request);
        await Problem.AssertDetailAsync(HttpStatusCode.RequestEntityTooLarge, answer);
    }

    [Theory]
    [InlineData(102_400, false)]
    [InlineData(100_000, true)]
    public async Task Post_UpTo100KB_IsReadToItsEnd(int bytes, bool chunked)
    {
        // A server may count the chunks' own sizes too.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/values") { Content = Padded(bytes) };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await system.Gateway.SendAsync(request);
        Assert.Contains("whole number", await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, answer), StringComparison.Ordinal);
    }

    /// <summary>JSON without an index, filled up with blanks.</summary>
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
