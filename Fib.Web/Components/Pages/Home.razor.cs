using System.Globalization;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Pages;

/// <summary>The calculator: a form, and submissions with their terms.</summary>
public sealed partial class Home
{
    [Inject]
    private TermsClient Terms { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(Name = "index")]
    private string? Index { get; set; }

    [SupplyParameterFromForm(Name = "key")]
    private string? FormKey { get; set; }

    [SupplyParameterFromQuery(Name = "index")]
    private string? FilterText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "accepted")]
    private string? Accepted { get; set; }

    private string Key { get; set; } = SubmissionKey.NewForm();

    private SubmissionsQuery Query { get; set; } = new(null, null);

    private SubmissionsPage? Found { get; set; }

    private string? FilterWrong { get; set; }

    private string? Refusal { get; set; }

    private string? Said { get; set; }

    private string? Notice { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Query = SubmissionsQuery.Read(Before, FilterText, out var wrong);
        FilterWrong = wrong;
        if (int.TryParse(Accepted, NumberStyles.None, CultureInfo.InvariantCulture, out var accepted) && accepted is >= 1 and <= IndexEntries.Most)
            Said = Say(accepted);
        // After a post, only when it is known that this page and no redirect answers it.
        if (!HttpMethods.IsPost(Context.Request.Method))
            await ReadPageAsync();
    }

    private async Task SubmitAsync()
    {
        var entries = IndexEntries.Read(Index ?? "");
        if (entries.Wrong is not null)
        {
            await RefuseAsync(StatusCodes.Status400BadRequest, entries.Wrong);
            return;
        }

        try
        {
            var outcome = await Terms.SubmitAsync(entries.Indexes, SubmissionKey.Of(FormKey, entries.Indexes), Context.RequestAborted);
            if (outcome.Explain(entries.Indexes) is not { } refusal)
            {
                Context.Response.SeeOther($"/?accepted={outcome.Accepted}");
                return;
            }

            // What is left in the field may be sent again without storing anything twice.
            (Index, Said) = (outcome.RefusedOf(entries.Indexes), outcome.Accepted > 0 ? Say(outcome.Accepted) : null);
            await RefuseAsync(outcome.Refusal is null ? StatusCodes.Status422UnprocessableEntity : outcome.Status, refusal);
        }
        catch (ApiUnavailableException)
        {
            // The same form once more is the same submission.
            Key = FormKey ?? Key;
            Context.Response.SayAway();
            Notice = "The calculator cannot be reached at the moment. Please submit again in a few seconds.";
        }
    }

    private async Task RefuseAsync(int status, string refusal)
    {
        (Context.Response.StatusCode, Refusal) = (status, refusal);
        await ReadPageAsync();
    }

    private async Task ReadPageAsync()
    {
        try
        {
            Found = await Terms.ReadPageAsync(Query, Context.RequestAborted);
        }
        catch (ApiUnavailableException)
        {
            Notice = "The calculator cannot be reached at the moment. What was submitted is kept; please come back in a few seconds.";
        }
    }

    private static string Say(int accepted) => accepted == 1 ? "1 index was accepted." : $"{TermText.Count(accepted)} indexes were accepted.";
}
