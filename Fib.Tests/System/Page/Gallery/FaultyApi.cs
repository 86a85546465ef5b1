using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>An api with a response that the real api never sends, so that the web service shows its error page.</summary>
internal static class FaultyApi
{
    /// <summary>An unpublished web service finds its styles and scripts only in Development.</summary>
    private static readonly KeyValuePair<string, string> WithAssets = new("ASPNETCORE_ENVIRONMENT", "Development");

    public static async Task RecordAsync(ScreenshotRecorder recorder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var api = builder.Build();
        api.MapGet("/alive", () => Results.Ok());
        api.MapGet("/health", () => Results.Ok(new { status = "Healthy", results = new { } }));
        api.MapGet("/values", () => Results.Text("""{"items":[null],"next":null}""", "application/json"));
        await api.StartAsync(cancellationToken);

        using var logs = new TemporaryFolder("fib-faulty-");
        await using var web = await LocalService.StartAsync(
            "Fib.Web", logs.Path, [WithAssets, new("services__api__http__0", api.Urls.Single())], cancellationToken: cancellationToken);
        await recorder.RecordAsync("fault", web.Address, "/", fails: true);
    }
}
