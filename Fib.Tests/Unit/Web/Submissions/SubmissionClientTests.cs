using Fib.Core.Contracts;
using Fib.Tests.Support;
using Fib.Web.Api;
using Fib.Web.Submissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.Web.Submissions;

public sealed class SubmissionClientTests : IAsyncDisposable
{
    private const string Listed = """
        {"items":[{"id":2,"index":8,"state":"Pending","digits":null,"term":null,"reason":null,"acceptedAt":"2026-11-20T12:00:00.123Z",
           "computedAt":null},
                  {"id":1,"index":7,"state":"Computed","digits":2,"term":"13","reason":null,"acceptedAt":"2026-11-20T12:00:00.123Z",
           "computedAt":"2026-11-20T12:00:01Z"}],"next":"1"}
        """;

    private readonly WebApplication _api;

    public SubmissionClientTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
    }

    private static readonly SubmissionsQuery Newest = new(null, null);
    private static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, 123, DateTimeKind.Utc);

    [Fact]
    public async Task ReadPage_Submissions_AreInTheirOrder()
    {
        var client = await StartApiAsync(StatusCodes.Status200OK, "application/json", Listed);
        var page = await client.ReadPageAsync(Newest, CancellationToken.None);
        Assert.Equal("1", page.Next);
        Assert.Equal(
            [
                new(2, 8, SubmissionState.Pending, null, null, null, Noon, null),
                new SubmissionItem(1, 7, SubmissionState.Computed, 2, "13", null, Noon,
                    new DateTime(2026, 11, 20, 12, 0, 1, DateTimeKind.Utc)),
            ],
            page.Items);
    }

    [Theory]
    [InlineData(
        200,
        "application/json",
        """{"results":[{"index":7,"accepted":true},{"index":null,"accepted":false,"reason":"Index too high"}]}""",
        1,
        "Index too high: 999")]
    [InlineData(200, "application/json", """{"results":[{"index":7,"accepted":true},{"index":999,"accepted":true}]}""", 2, null)]
    [InlineData(
        422,
        "application/problem+json",
        """{"title":"Unprocessable Entity","detail":"The key was used."}""",
        0,
        "The key was used.")]
    [InlineData(413, "application/problem+json", """{"title":"Payload Too Large"}""", 0, "Payload Too Large")]
    public async Task Submit_Response_HasItsReason(int status, string type, string body, int accepted, string? reason)
    {
        string[] indexes = ["7", "999"];
        var outcome = await (await StartApiAsync(status, type, body)).SubmitAsync(new BatchRequest(indexes), "key", CancellationToken.None);
        Assert.Equal((status, accepted, reason), (outcome.Status, outcome.Accepted, outcome.FormatReason(indexes)));
    }

    [Theory]
    [InlineData(503, "application/problem+json", "{}")]
    [InlineData(200, "text/html", "<h1>not the api</h1>")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{}")]
    public async Task Call_UnusableResponse_ThrowsUnavailable(int status, string type, string body)
    {
        var client = await StartApiAsync(status, type, body);
        await Assert.ThrowsAsync<ApiUnavailableException>(() => client.ReadPageAsync(Newest, CancellationToken.None));
        await Assert.ThrowsAsync<ApiUnavailableException>(() => client.SubmitAsync(new BatchRequest(["7"]), "key", CancellationToken.None));
    }

    [Fact]
    public async Task Submit_NoListener_ThrowsUnavailable()
    {
        var client = await StartApiAsync(StatusCodes.Status200OK, "application/json", "{}");
        await _api.StopAsync();
        await Assert.ThrowsAsync<ApiUnavailableException>(() => client.SubmitAsync(new BatchRequest(["7"]), "key", CancellationToken.None));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<SubmissionClient> StartApiAsync(int status, string type, string body)
    {
        _api.MapFallback(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            return context.Response.WriteAsync(body);
        });
        await _api.StartAsync();
        return new SubmissionClient(
            new HttpClient { BaseAddress = new Uri(_api.Urls.Single()) }, UnloggedStores.Create("The api"));
    }
}
