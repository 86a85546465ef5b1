using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fib.Api.Http;
using Fib.Api.Listings;
using Fib.Core.Contracts;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Fib.Tests.System.Api;

/// <summary>The pages of submissions, <c>GET /api/values</c>.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SubmissionPageTests(SystemFixture system)
{
    [Fact]
    public async Task Get_ComputedSubmission_HasAllItsFields()
    {
        await system.Gateway.ComputeAsync(7);
        var item = await system.Gateway.GetNewestAsync(7);
        Assert.Equal("Computed", item.GetProperty("state").GetString());
        Assert.Equal(2, item.GetProperty("digits").GetInt32());
        Assert.Equal("13", item.GetProperty("term").GetString());
        Assert.Equal(JsonValueKind.Null, item.GetProperty("reason").ValueKind);
        Assert.Equal(DateTimeKind.Utc, item.GetProperty("acceptedAt").GetDateTime().Kind);
        Assert.Equal(DateTimeKind.Utc, item.GetProperty("computedAt").GetDateTime().Kind);
    }

    /// <summary>Without cookies none has to be marked Secure behind an https load balancer.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/otherpage")]
    [InlineData("/api/values/all")]
    public async Task Get_AnyPath_SetsNoCookie(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Forwarded-Proto", "https" } } };
        using var response = await system.Gateway.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    /// <summary>The page is read: a client that receives it slowly is not cut off.</summary>
    [Fact]
    public async Task Get_TheDeadlineOfTheStores_EndsAfterTheRead()
    {
        await using var database = await ScratchDatabase.CreateAsync(system.System);
        var (context, timeout) = (new DefaultHttpContext(), new RequestTimeout());
        context.Features.Set<IHttpRequestTimeoutFeature>(timeout);

        var answer = await SubmissionPageEndpoint.GetAsync(context, new SubmissionPageReader(database.Source), default);

        Assert.IsType<SizedJsonResult<SubmissionPage>>(answer.Result);
        Assert.True(timeout.IsDisabled);
    }

    [Fact]
    public async Task Get_LongTerm_IsShortened()
    {
        await system.Gateway.ComputeAsync(10_000);
        var item = await system.Gateway.GetNewestAsync(10_000);
        Assert.Equal(2090, item.GetProperty("digits").GetInt32());
        Assert.EndsWith("(2090 digits)", item.GetProperty("term").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PageByPage_ReturnsEverySubmissionOnceNewestFirst()
    {
        foreach (var index in Enumerable.Range(0, 5))
            await system.Gateway.SubmitAsync(index);
        var all = await system.Gateway.GetAllAsync();

        var found = new List<int>();
        string? next = "";
        for (; next is not null; next = await ReadPageAsync(next, found))
            Assert.True(found.Count <= all.Length, "The pages do not end.");
        Assert.Equal(all.Reverse(), found);
    }

    [Fact]
    public async Task Get_ByIndex_ReturnsOnlyItsSubmissions()
    {
        var index = system.NextIndex();
        await system.Gateway.SubmitAsync(index);
        await system.Gateway.SubmitAsync(7);
        await system.Gateway.SubmitAsync(index);

        var page = await system.Gateway.GetFromJsonAsync<JsonElement>($"/api/values?index={index}&limit=2");
        var indexes = page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("index").GetInt32());
        Assert.Equal(Enumerable.Repeat(index, 2), indexes);
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=-1")]
    [InlineData("limit=many")]
    [InlineData("limit=")]
    [InlineData("before=x")]
    [InlineData("before=99999999999999999999")]
    [InlineData("index=x")]
    [InlineData("index=-1")]
    [InlineData("index=100000001")]
    public async Task Get_MalformedQuery_Is400(string query)
    {
        using var response = await system.Gateway.GetAsync($"/api/values?{query}");
        var detail = await Problem.AssertDetailAsync(HttpStatusCode.BadRequest, response);
        Assert.StartsWith(query[..query.IndexOf('=', StringComparison.Ordinal)], detail, StringComparison.Ordinal);
    }

    private async Task<string?> ReadPageAsync(string before, List<int> found)
    {
        var cursor = before.Length > 0 ? $"&before={before}" : "";
        var page = await system.Gateway.GetFromJsonAsync<JsonElement>($"/api/values?limit=7{cursor}");
        found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("index").GetInt32()));
        return page.GetProperty("next").GetString();
    }

    private sealed class RequestTimeout : IHttpRequestTimeoutFeature
    {
        public CancellationToken RequestTimeoutToken => default;

        public bool IsDisabled { get; private set; }

        public void DisableTimeout() => IsDisabled = true;
    }
}
