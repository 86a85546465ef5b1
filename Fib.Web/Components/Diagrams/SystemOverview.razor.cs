using System.Globalization;
using System.Text.Json;
using Fib.Core.Contracts;
using Fib.Web.Status;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Diagrams;

/// <summary>The diagram and the status of the system, and the stages of the last submission.</summary>
/// <remarks>wwwroot/js/systemOverview.js updates it.</remarks>
public sealed partial class SystemOverview
{
    // The same text as in wwwroot/js/systemOverview.js.
    private const string Unavailable = "System status is unavailable; the diagram shows how the system is built.";

    private static readonly (string Label, string Place)[] Labels =
        [("Accepted", "by the api"), ("Stored", "in PostgreSQL"), ("Queued", "in Redis"), ("Computed", "by worker"), ("Shown", "to you")];

    [Inject]
    private SystemClient Client { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <summary>The content beside the diagram.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private SystemStatus? State { get; set; }

    private SubmissionStages? Last => State?.Last is [var last, ..] ? last : null;

    /// <summary>As in the api's answer: the script continues from it.</summary>
    private string? LastJson => Last is null ? null : JsonSerializer.Serialize(Last, JsonSerializerOptions.Web);

    /// <summary>The time of this page, from which the script measures.</summary>
    private string Now => Time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    private string LastIndex => State is null ? "not known" : Last is null ? "none yet" : $"index {Last.Index}";

    private long? Backlog => State?.Backlog is { } backlog ? backlog.Lag + backlog.Pending : null;

    private TimeSpan? LongestWait => State?.OldestPendingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The stages: name, label, place, elapsed time, and its share of the longest time in percent.</summary>
    private IEnumerable<(string Name, string Label, string Place, TimeSpan? Time, double Share)> Stages
    {
        get
        {
            var times = Timeline.GetElapsedTimes(Last);
            return times.Select((time, stage) =>
                (Timeline.Stages[stage], Labels[stage].Label, Labels[stage].Place, time, Timeline.GetShare(time, times)));
        }
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => State = await Client.ReadAsync(Context.RequestAborted);

    private static string FormatCount(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "–";
}
