using System.Globalization;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.Deployment;

/// <summary>deploy/smoke.sh fails for sites that do not work.</summary>
public sealed class SmokeFailureTests
{
    [Fact]
    public async Task Site_AcceptsNothing_Fails() =>
        Assert.Contains("was not accepted", await SmokeAsync(_ => Results.StatusCode(503)), StringComparison.Ordinal);

    [Fact]
    public async Task Site_NeverComputes_Fails() =>
        Assert.Contains(
            "has no term within 0 s",
            await SmokeAsync(request => request.Method == "POST" ? Results.Ok() : Results.StatusCode(202)), StringComparison.Ordinal);

    [Fact]
    public async Task Site_ComputesTheWrongTerm_Fails() =>
        Assert.Contains("is wrong", await SmokeAsync(_ => Results.Text("13")), StringComparison.Ordinal);

    [Fact]
    public async Task Page_DoesNotShowTheTerm_Fails() =>
        Assert.Contains(
            "the page does not show the term", await SmokeAsync(request => Results.Text(TermOf(request))), StringComparison.Ordinal);

    /// <summary>Otherwise a worker that has stopped would not be noticed.</summary>
    [Fact]
    public async Task Site_HasTheTermOfTheFirstIndex_AnotherOneIsSubmitted()
    {
        var (known, isSubmitted) = (default(string), false);
        var output = await SmokeAsync(request =>
        {
            isSubmitted |= request.Method == "POST";
            var index = request.Path.Value!.Split('/')[^1];
            known ??= index;
            return isSubmitted ? Results.Text(TermOf(request)) : index == known ? Results.Ok() : Results.NotFound();
        });
        Assert.Contains("the page does not show the term", output, StringComparison.Ordinal);
        Assert.DoesNotContain($"index {known}", output, StringComparison.Ordinal);
    }

    private static string TermOf(HttpRequest request) =>
        request.Path.StartsWithSegments("/api")
        && int.TryParse(request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture, out var index)
            ? Fibonacci.Term(index).ToString()
            : "a page";

    private static async Task<string> SmokeAsync(Func<HttpRequest, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapFallback(answer);
        await site.StartAsync();
        using var script = new DeployScript();
        script.Settings["SMOKE_TIMEOUT"] = "0";
        var (exitCode, output) = await script.RunAsync("smoke.sh", site.Urls.Single());
        Assert.True(exitCode == 1, output);
        return output;
    }
}
