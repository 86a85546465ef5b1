using System.Net;
using Fib.Web.Components;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Web.Components;

public sealed class ErrorPagesTests : IAsyncDisposable
{
    private readonly WebApplication _web;

    public ErrorPagesTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorComponents();
        _web = builder.Build();
        _web.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPages.WriteAsync });
        _web.UseStatusCodePages(errors => ErrorPages.WriteAsync(errors.HttpContext));
        _web.MapGet("/broken", () => new RazorComponentResult<Broken>(new { Failure = new InvalidOperationException("secret") }));
        _web.MapGet("/away", () => new RazorComponentResult<Broken>(new { Failure = new ApiUnavailableException("secret") }));
        _web.MapGet("/forbidden", () => TypedResults.StatusCode(StatusCodes.Status403Forbidden));
    }

    [Theory]
    [InlineData("/broken", HttpStatusCode.InternalServerError, "Something went wrong here")]
    [InlineData("/away", HttpStatusCode.ServiceUnavailable, "The calculator cannot be reached at the moment")]
    [InlineData("/forbidden", HttpStatusCode.Forbidden, "This form came from another site")]
    [InlineData("/nothing", HttpStatusCode.NotFound, "There is no such page")]
    public async Task Get_WhatFails_IsAPageWithATraceIdAndNothingElse(string path, HttpStatusCode status, string title)
    {
        await _web.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(_web.Urls.Single()) };
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        Assert.Contains($"<h1>{title}</h1>", text, StringComparison.Ordinal);
        Assert.Matches("trace <code>[^<]+</code>", text);
        Assert.Contains("</footer>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>A page that fails while it is rendered.</summary>
    private sealed class Broken : ComponentBase
    {
        [Parameter]
        public Exception? Failure { get; set; }

        protected override void OnInitialized() => throw Failure!;
    }
}
