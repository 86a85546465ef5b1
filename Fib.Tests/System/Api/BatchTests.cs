using System.Net;
using System.Text;
using Fib.Api.Database;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class BatchTests(SystemFixture system)
{
    private const string Path = "/api/values/batch";

    [Fact]
    public async Task Post_Batch_StoresAcceptedEntriesInOrder()
    {
        var (first, second) = (system.NextIndex(), system.NextIndex());
        var before = await system.Gateway.GetAllAsync();
        using var response = await PostAsync($$"""{"indexes":[{{second}},"{{first}}","seven",999999999,{{second}}]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            $$$"""{"results":[{"index":{{{second}}},"accepted":true},{"index":{{{first}}},"accepted":true},"""
            + """{"index":null,"accepted":false,"reason":"An index is one whole number of 0 or more, such as 7."},"""
            + """{"index":999999999,"accepted":false,"reason":"Index too high"},"""
            + $$"""{"index":{{second}},"accepted":true}]}""",
            await response.Content.ReadAsStringAsync());
        Assert.Equal(before.Concat([second, first, second]), await system.Gateway.GetAllAsync());
        Assert.Equal(Fibonacci.Term(first), await system.Gateway.UntilComputedAsync(first));
        Assert.Equal(Fibonacci.Term(second), await system.Gateway.UntilComputedAsync(second));
    }

    [Fact]
    public async Task Post_BodyThatArrivesSlowly_IsStored()
    {
        var index = system.NextIndex();
        using var content = new SlowContent($$"""{"indexes":[{{index}}{{new string(' ', 8 * 1024)}}]}""");
        using var response = await system.Gateway.PostAsync(Path, content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(await system.Gateway.GetAllAsync(), index);
    }

    [Fact]
    public async Task Post_ConcurrentBatchesOfAThousandEntries_AreAllStored()
    {
        var index = system.NextIndex();
        var before = await system.Gateway.GetAllAsync();
        var body = $$"""{"indexes":[{{string.Join(',', Enumerable.Repeat(index, 1_000))}}]}""";
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(8_000, (await system.Gateway.GetAllAsync()).Length - before.Length);
    }

    [Fact]
    public async Task Post_NoAcceptedEntry_StoresNothing()
    {
        var before = await system.Gateway.GetAllAsync();
        using var response = await PostAsync("""{"indexes":["seven"]}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before, await system.Gateway.GetAllAsync());
    }

    [Fact]
    public async Task Post_RepeatedWithItsKey_SameResponseAndStoredOnce()
    {
        var (key, one, other) = (Guid.NewGuid().ToString(), system.NextIndex(), system.NextIndex());
        var before = await system.Gateway.GetAllAsync();
        using var first = await PostAsync($$"""{"indexes":[{{one}},"x",{{other}}]}""", key);
        using var again = await PostAsync($$"""{"indexes":[{{one}},"x",{{other}}]}""", key);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        foreach (var body in (string[])[$$"""{"indexes":[{{other}},{{one}}]}""", $$"""{"indexes":[{{one}}]}"""])
        {
            using var different = await PostAsync(body, key);
            await Problem.AssertDetailAsync(HttpStatusCode.UnprocessableEntity, different);
        }

        Assert.Equal(before.Concat([one, other]), await system.Gateway.GetAllAsync());
    }

    [Theory]
    [InlineData("""{"indexes":[]}""")]
    [InlineData("""{"indexes":[7}""")]
    [InlineData("[7]")]
    public async Task Post_OtherStructure_Is400(string body)
    {
        using var response = await PostAsync(body);
        var detail = await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
        Assert.Contains("1 to 1000 entries", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OtherContentType_Is415()
    {
        using var content = new StringContent("""{"indexes":[7]}""", Encoding.UTF8, "text/plain");
        using var response = await system.Gateway.PostAsync(Path, content);
        await Problem.AssertDetailAsync(HttpStatusCode.UnsupportedMediaType, response);
    }

    [Fact]
    public async Task Get_Batch_Is404()
    {
        using var response = await system.Gateway.GetAsync(Path);
        await Problem.AssertAsync(HttpStatusCode.NotFound, response);
    }

    private Task<HttpResponseMessage> PostAsync(string body, params string[] keys) => system.Gateway.PostJsonAsync(body, Path, keys);

    /// <summary>A client on a slow link, which sends the second half later than the deadline of a request.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly byte[] _body;

        public SlowContent(string body)
        {
            _body = Encoding.UTF8.GetBytes(body);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_body.AsMemory(0, _body.Length / 2));
            await stream.FlushAsync();
            await Task.Delay(StoreUnavailable.Deadline * 1.5);
            await stream.WriteAsync(_body.AsMemory(_body.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
