using Fib.Web.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Web.Terms;

public sealed class TermsClientTests : IAsyncDisposable
{
    private const string Listed = """
        {"items":[{"id":2,"index":8,"state":"Pending","digits":null,"term":null,"reason":null,"acceptedAt":"2026-11-20T12:00:00.123Z","computedAt":null},
                  {"id":1,"index":7,"state":"Computed","digits":2,"term":"13","reason":null,"acceptedAt":"2026-11-20T12:00:00.123Z","computedAt":"2026-11-20T12:00:01Z"}],"next":null}
        """;

    private readonly WebApplication _api;

    public TermsClientTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
    }

    [Fact]
    public async Task ReadLatest_Submissions_KeepTheirOrder()
    {
        var latest = await (await AnswerAsync(StatusCodes.Status200OK, "application/json", Listed)).ReadLatestAsync(50, CancellationToken.None);
        Assert.Equal([(2, 8, SubmissionState.Pending, null), (1, 7, SubmissionState.Computed, "13")], latest.Select(item => (item.Id, item.Index, item.State, item.Term)));
    }

    [Theory]
    [InlineData(200, "application/json", """{"working":true}""", null)]
    [InlineData(422, "text/plain", "Index too high", "Index too high")]
    [InlineData(400, "application/problem+json", """{"title":"Bad Request","detail":"Not a whole number."}""", "Not a whole number.")]
    [InlineData(413, "application/problem+json", """{"title":"Payload Too Large"}""", "Payload Too Large")]
    public async Task Submit_Answer_GivesItsReason(int status, string type, string body, string? refusal)
    {
        var outcome = await (await AnswerAsync(status, type, body)).SubmitAsync("7", CancellationToken.None);
        Assert.Equal(new SubmitOutcome(status, refusal), outcome);
    }

    [Theory]
    [InlineData(503, "application/problem+json", "{}")]
    [InlineData(200, "text/html", "<h1>not the api</h1>")]
    [InlineData(200, "application/json", "null")]
    public async Task ReadLatest_NoUsableAnswer_SaysUnavailable(int status, string type, string body)
    {
        var client = await AnswerAsync(status, type, body);
        await Assert.ThrowsAsync<ApiUnavailableException>(() => client.ReadLatestAsync(50, CancellationToken.None));
    }

    [Fact]
    public async Task Submit_NobodyListens_SaysUnavailable()
    {
        var client = await AnswerAsync(StatusCodes.Status200OK, "application/json", "{}");
        await _api.StopAsync();
        await Assert.ThrowsAsync<ApiUnavailableException>(() => client.SubmitAsync("7", CancellationToken.None));
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<TermsClient> AnswerAsync(int status, string type, string body)
    {
        _api.MapFallback(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            return context.Response.WriteAsync(body);
        });
        await _api.StartAsync();
        return new TermsClient(new HttpClient { BaseAddress = new Uri(_api.Urls.Single()) });
    }
}
