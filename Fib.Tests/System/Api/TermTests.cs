using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>Short and long terms in <c>current</c> and in <c>values/{index}</c>.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class TermTests(SystemFixture system)
{
    /// <summary>F(10,000) has 2,090 digits.</summary>
    private const int Long = 10_000;

    private static readonly string LongTerm = Fibonacci.Term(Long);

    [Fact]
    public async Task Current_TermOfMoreThanAThousandDigits_IsShortened() =>
        Assert.Equal($"{LongTerm[..20]}…{LongTerm[^20..]} (2090 digits)", await system.Gateway.ComputeAsync(Long));

    [Fact]
    public async Task Current_TermOfAThousandDigits_IsWhole()
    {
        // F(4,784) is the last term with 1,000 digits.
        Assert.Equal(Fibonacci.Term(4784), await system.Gateway.ComputeAsync(4784));
        Assert.EndsWith("(1001 digits)", await system.Gateway.ComputeAsync(4787), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(Long)]
    public async Task Get_ComputedIndex_IsItsDigits(int index)
    {
        using var response = await GetComputedAsync(index);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Fibonacci.Term(index), await response.Content.ReadAsStringAsync());
        Assert.False(response.Headers.ETag!.IsWeak);
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/plain;q=0.5", "application/json")]
    [InlineData("text/plain, application/json;q=0.5", "text/plain")]
    [InlineData("*/*", "text/plain")]
    [InlineData("text/html", "text/plain")]
    public async Task Get_ByAccept_IsJsonOrDigits(string accept, string mediaType)
    {
        using var response = await GetComputedAsync(Long, request => request.Headers.TryAddWithoutValidation("Accept", accept));
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", response.Headers.Vary);
    }

    [Fact]
    public async Task Get_AsJson_HasTheWholeTermAndItsOwnETag()
    {
        using var text = await GetComputedAsync(Long);
        using var response = await GetComputedAsync(Long, request => request.Headers.TryAddWithoutValidation("Accept", "application/json"));
        var json = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.Equal(LongTerm, json.GetProperty("term").GetString());
        Assert.Equal((Long, 2090), (json.GetProperty("index").GetInt32(), json.GetProperty("digits").GetInt32()));
        Assert.NotEqual(text.Headers.ETag, response.Headers.ETag);
    }

    [Theory]
    [InlineData("application/json;q=0", false)]
    [InlineData("application/json;q=0, */*", false)]
    [InlineData("text/plain;q=0, */*;q=0.1", true)]
    [InlineData("text/*;q=0.5, application/json", true)]
    [InlineData("application/json;q=0.5, text/plain;q=0.6", false)]
    [InlineData("application/json, text/plain, */*", true)]
    [InlineData("*/*", false)]
    public async Task Get_ByAccept_IsThePreferredType(string accept, bool isJson)
    {
        using var response = await GetComputedAsync(Long, request => request.Headers.TryAddWithoutValidation("Accept", accept));
        Assert.Equal(isJson ? "application/json" : "text/plain", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "lines=0-1")]
    [InlineData("GET", "nonsense")]
    [InlineData("HEAD", "bytes=0-1")]
    public async Task Send_InapplicableRange_IsTheWholeTerm(string method, string range)
    {
        using var response = await GetComputedAsync(Long, request =>
        {
            request.Method = new HttpMethod(method);
            request.Headers.TryAddWithoutValidation("Range", range);
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(LongTerm.Length, response.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task Get_WithItsETag_Is304(string accept)
    {
        using var first = await GetComputedAsync(Long, request => request.Headers.TryAddWithoutValidation("Accept", accept));
        using var same = await GetComputedAsync(Long, request =>
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        });
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Theory]
    [InlineData(0, 19)]
    [InlineData(100, 100)]
    [InlineData(2000, null)]
    [InlineData(null, 20)]
    public async Task Get_Range_IsThatPartOfTheDigits(int? from, int? to)
    {
        using var response = await GetComputedAsync(Long, request => request.Headers.Range = new RangeHeaderValue(from, to));
        var expected = from is null ? LongTerm[^to!.Value..] : LongTerm[from.Value..(to + 1 ?? LongTerm.Length)];
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        Assert.Equal(LongTerm.Length, response.Content.Headers.ContentRange?.Length);
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_Is416()
    {
        using var response = await GetComputedAsync(Long, request => request.Headers.Range = new RangeHeaderValue(2090, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal(2090, response.Content.Headers.ContentRange?.Length);
    }

    [Fact]
    public async Task Get_RangeOfAnotherETag_IsTheWholeTerm()
    {
        using var response = await GetComputedAsync(Long, request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 1);
            request.Headers.IfRange = new RangeConditionHeaderValue("\"other\"");
        });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("99999")]
    [InlineData("100000001")]
    [InlineData("99999999999999999999999999")]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("7.0")]
    public async Task Get_IndexNeverSubmitted_Is404(string index)
    {
        using var response = await system.Gateway.GetAsync($"/api/values/{index}");
        await Problem.AssertAsync(HttpStatusCode.NotFound, response);
    }

    /// <summary>Until the response is not 202: Redis may have evicted the digits of a long term, which are then computed again.</summary>
    private async Task<HttpResponseMessage> GetComputedAsync(int index, Action<HttpRequestMessage>? configure = null)
    {
        await system.Gateway.ComputeAsync(index);
        return await Eventually.FindAsync(string.Create(CultureInfo.InvariantCulture, $"the digits of term {index}"), async token =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/values/{index}"));
            configure?.Invoke(request);
            var response = await system.Gateway.SendAsync(request, token);
            if (response.StatusCode != HttpStatusCode.Accepted)
                return response;
            response.Dispose();
            return null;
        });
    }
}
