using System.Globalization;
using System.Net;
using System.Text;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SubmitTests(SystemFixture system)
{
    [Theory]
    [InlineData("""{"index":"7"}""", 7)]
    [InlineData("""{"index":7}""", 7)]
    [InlineData("""{"index":"0"}""", 0)]
    [InlineData("""{"index":0}""", 0)]
    [InlineData("""{"index":"007"}""", 7)]
    [InlineData("""{"index":" 7 "}""", 7)]
    [InlineData("""{"index":"\t 0000000000000000000000000007 \t"}""", 7)]
    [InlineData("""{"index":"\u0037"}""", 7)]
    [InlineData("""{"index":7,"other":{"index":8}}""", 7)]
    [InlineData(" {\r\n \"index\" : 7 }\r\n", 7)]
    [InlineData("""{"index":100000}""", 100_000)]
    public async Task Post_OneWholeNumber_IsStoredInCanonicalForm(string body, int index)
    {
        var before = await system.Gateway.GetAllAsync();
        using var response = await system.Gateway.PostJsonAsync(body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual(true, response.Headers.TransferEncodingChunked);
        Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(before.Append(index), await system.Gateway.GetAllAsync());
        Assert.Contains(index.ToString(CultureInfo.InvariantCulture), await system.Gateway.GetCurrentAsync());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(2, "1")]
    [InlineData(7, "13")]
    [InlineData(100, "354224848179261915075")]
    public async Task Post_Index_ItsTermIsComputed(int index, string term) =>
        Assert.Equal(term, await system.Gateway.ComputeAsync(index));

    [Theory]
    [InlineData("10000001")]
    [InlineData("\"10000001\"")]
    [InlineData("\" 00010000001 \"")]
    [InlineData("2147483648")]
    [InlineData("18446744073709551616")]
    [InlineData("\"340282366920938463463374607431768211456\"")]
    public Task Post_AboveTheMaximum_IsTooHigh(string index) => AssertTooHighAsync(index);

    [Fact]
    public Task Post_FiftyThousandDigits_IsTooHigh() => AssertTooHighAsync(new string('9', 50_000));

    [Fact]
    public async Task Post_ComputedIndex_IsRecordedAndKeepsTheTerm()
    {
        var index = system.NextIndex();
        var term = await system.Gateway.ComputeAsync(index);
        await system.Gateway.SubmitAsync(index);
        await system.Gateway.SubmitAsync(index);

        Assert.Equal(3, (await system.Gateway.GetAllAsync()).Count(number => number == index));
        Assert.Equal(term, (await system.Gateway.GetCurrentAsync())[index.ToString(CultureInfo.InvariantCulture)]);
    }

    [Fact]
    public async Task Post_Concurrently_EachIsStoredOnceAndComputed()
    {
        var indexes = Enumerable.Range(0, 100).Select(_ => system.NextIndex()).ToArray();
        var before = await system.Gateway.GetAllAsync();
        await Task.WhenAll(indexes.Select(system.Gateway.SubmitAsync));

        var stored = (await system.Gateway.GetAllAsync())[before.Length..];
        Assert.Equal(indexes, stored.Order());
        foreach (var index in indexes)
            Assert.Equal(Fibonacci.Term(index), await system.Gateway.UntilComputedAsync(index));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    public async Task Post_AnyFormOfTheJsonContentType_IsAccepted(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"index":7}"""));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await system.Gateway.PostAsync("/api/values", content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/values/")]
    [InlineData("/api/values?x=1")]
    [InlineData("/api/values/?index=8")]
    public async Task Post_WithATrailingSlashOrAQuery_IsAccepted(string path)
    {
        using var content = new StringContent("""{"index":7}""", Encoding.UTF8, "application/json");
        using var response = await system.Gateway.PostAsync(path, content);
        Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync());
    }

    private async Task AssertTooHighAsync(string index)
    {
        var before = await system.Gateway.GetAllAsync();
        using var response = await system.Gateway.PostJsonAsync($$"""{"index":{{index}}}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Index too high", await response.Content.ReadAsStringAsync());
        Assert.Equal(before, await system.Gateway.GetAllAsync());
    }
}
