using System.Net;
using Fib.Web.Api;
using Fib.Web.Components;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Unit.Web.Components;

public sealed class ErrorPageHandlerTests : IAsyncDisposable
{
    private readonly WebApplication _web;

    public ErrorPageHandlerTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(new IndexRange(1_000));
        _web = builder.Build();
        _web.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPageHandler.WriteAsync });
        _web.UseStatusCodePages(errors => ErrorPageHandler.WriteAsync(errors.HttpContext));
        _web.MapGet("/broken", () => new RazorComponentResult<Broken>(new { Exception = new InvalidOperationException("secret") }));
        _web.Map("/unavailable", () => new RazorComponentResult<Broken>(new { Exception = new ApiUnavailableException("secret") }));
        _web.MapGet("/forbidden", () => TypedResults.StatusCode(StatusCodes.Status403Forbidden));
    }

    [Theory]
    [InlineData("/broken", HttpStatusCode.InternalServerError, "Something went wrong here")]
    [InlineData("/unavailable", HttpStatusCode.ServiceUnavailable, "The calculator is temporarily unavailable")]
    [InlineData("/forbidden", HttpStatusCode.Forbidden, "This form came from another site")]
    [InlineData("/missing", HttpStatusCode.NotFound, "Page not found")]
    public async Task Get_Error_IsAPageWithATraceIdAndNoDetails(string path, HttpStatusCode status, string title)
    {
        await _web.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_web.Urls.Single()) };
        using var response = await client.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, response.Headers.RetryAfter is not null);
        Assert.Contains($"<h1>{title}</h1>", text, StringComparison.Ordinal);
        Assert.Matches("trace <code>[^<]+</code>", text);
        Assert.Contains("</footer>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "Submitted indexes are kept.")]
    [InlineData("POST", "Your submission may not be stored")]
    public async Task Send_Error_PromisesOnlyWhatIsTrue(string method, string advice)
    {
        await _web.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_web.Urls.Single()) };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/unavailable");
        using var response = await client.SendAsync(request);
        Assert.Contains(advice, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>A page that fails while it is rendered.</summary>
    private sealed class Broken : ComponentBase
    {
        [Parameter]
        public Exception? Exception { get; set; }

        protected override void OnInitialized() => throw Exception!;
    }
}
