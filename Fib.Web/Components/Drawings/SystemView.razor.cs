using Fib.Web.Stages;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Drawings;

/// <summary>The drawing of the system, the stages of the last submission, and how the system is; wwwroot/js/system.js keeps it up to date.</summary>
public sealed partial class SystemView
{
    private static readonly (string What, string Where)[] Words =
        [("Accepted", "by the api"), ("Stored", "in PostgreSQL"), ("Queued", "in Redis"), ("Computed", "by worker"), ("Shown", "to you")];

    [Inject]
    private SystemClient System { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    /// <summary>What stands beside the drawing.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private SystemState? State { get; set; }

    private SubmissionStages? Last => State?.Last is [var last, ..] ? last : null;

    private long? Waiting => State?.Backlog is { } backlog ? backlog.Lag + backlog.Pending : null;

    /// <summary>The stages: their name, what happens and where, the time, and how much of the whole that is, in percent.</summary>
    private IEnumerable<(string Name, string What, string Where, TimeSpan? Time, double Share)> Rows
    {
        get
        {
            var times = Timeline.Of(Last);
            return times.Select((time, place) => (Timeline.Stages[place], Words[place].What, Words[place].Where, time, Timeline.Share(time, times)));
        }
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => State = await System.ReadAsync(Context.RequestAborted);
}
