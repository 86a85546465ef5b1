using System.Net.Http.Json;

namespace Fib.AppHost.Dashboard;

/// <summary>The commands of the api in the dashboard.</summary>
internal static class DashboardCommands
{
    public const string Submit = "submit-sample", Retry = "retry-failed";

    // Their terms have 21 to 836 digits: computed within milliseconds, and displayed completely.
    private const int SmallestSample = 100, LargestSample = 4_000;

    /// <summary>Adds the commands that submit an index and that make failed indexes pending again.</summary>
    public static IResourceBuilder<ProjectResource> WithApiCommands(this IResourceBuilder<ProjectResource> api) => api
        .WithHttpCommand("/values", "Submit a sample", commandName: Submit, commandOptions: new HttpCommandOptions
        {
            Description = "Submits a random index; the page shows its term.",
            IconName = "Add",
            PrepareRequest = request =>
            {
                request.Request.Content = JsonContent.Create(new { index = Random.Shared.Next(SmallestSample, LargestSample) });
                return Task.CompletedTask;
            },
        })
        .WithHttpCommand("/values/requeue", "Retry failed indexes", commandName: Retry, commandOptions: new HttpCommandOptions
        {
            Description = "Makes every failed index pending again.",
            IconName = "ArrowClockwise",
        });
}
