using System.Globalization;
using Fib.Core.Contracts;
using Fib.Web.Api;
using Fib.Web.Submissions;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Pages;

/// <summary>The calculator: a form, and submissions with their terms.</summary>
public sealed partial class Home
{
    [Inject]
    private SubmissionClient Client { get; set; } = null!;

    [Inject]
    private IndexRange Range { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(Name = "index")]
    private string? Index { get; set; }

    [SupplyParameterFromForm(Name = "key")]
    private string? PostedFormKey { get; set; }

    [SupplyParameterFromQuery(Name = "index")]
    private string? FilterText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "accepted")]
    private string? Accepted { get; set; }

    private string NewFormKey { get; set; } = IdempotencyKey.NewFormKey();

    private SubmissionsQuery Query { get; set; } = new(null, null);

    private SubmissionPage? Submissions { get; set; }

    private string? FilterError { get; set; }

    private string? Error { get; set; }

    private string? Message { get; set; }

    private string? Notice { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Query = SubmissionsQuery.Parse(Before, FilterText, Range, out var error);
        FilterError = error;
        var isCount = int.TryParse(Accepted, NumberStyles.None, CultureInfo.InvariantCulture, out var accepted);
        if (isCount && accepted is >= 1 and <= IndexEntries.Max)
            Message = FormatAccepted(accepted);
        // A post reads the submissions later, and only if it renders this page instead of a redirect.
        if (!HttpMethods.IsPost(Context.Request.Method))
            await ReadPageAsync();
    }

    private async Task SubmitAsync()
    {
        var entries = IndexEntries.Parse(Index ?? "");
        if (entries.Error is not null)
        {
            await RejectAsync(StatusCodes.Status400BadRequest, entries.Error);
            return;
        }

        try
        {
            var key = IdempotencyKey.Create(PostedFormKey, entries.Indexes);
            var result = await Client.SubmitAsync(new BatchRequest(entries.Indexes), key, Context.RequestAborted);
            if (result.FormatReason(entries.Indexes) is not { } reason)
            {
                Context.Response.SeeOther($"/?accepted={result.Accepted}");
                return;
            }

            // Only rejected indexes stay in the field, so sending it again stores nothing twice.
            (Index, Message) = (result.FormatRejected(entries.Indexes), result.Accepted > 0 ? FormatAccepted(result.Accepted) : null);
            await RejectAsync(result.Rejection is null ? StatusCodes.Status422UnprocessableEntity : result.Status, reason);
        }
        catch (ApiUnavailableException)
        {
            // The form keeps its key, so that sending it again is the same submission.
            NewFormKey = PostedFormKey ?? NewFormKey;
            Context.Response.SetUnavailable();
            Notice = "The calculator is temporarily unavailable. Please submit again in a few seconds.";
        }
    }

    private async Task RejectAsync(int status, string reason)
    {
        (Context.Response.StatusCode, Error) = (status, reason);
        await ReadPageAsync();
    }

    private async Task ReadPageAsync()
    {
        try
        {
            Submissions = await Client.ReadPageAsync(Query, Context.RequestAborted);
        }
        catch (ApiUnavailableException)
        {
            Notice = "The calculator is temporarily unavailable. Submitted indexes are kept; please try again in a few seconds.";
        }
    }

    private static string FormatAccepted(int accepted) =>
        accepted == 1 ? "1 index was accepted." : $"{TermText.Count(accepted)} indexes were accepted.";
}
