using Fib.Core.Sequence;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Pages;

/// <summary>One term, which can be linked: its digits, and what is known about it; or how to get it.</summary>
public sealed partial class Term
{
    /// <summary>The index, as it is written in the address.</summary>
    [Parameter]
    public string Index { get; set; } = "";

    [Inject]
    private TermsClient Terms { get; set; } = null!;

    [Inject]
    private TermReader Reader { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(Name = "key")]
    private string? FormKey { get; set; }

    private string Key { get; set; } = SubmissionKey.NewForm();

    private int Asked { get; set; }

    /// <summary>Null where the api is away.</summary>
    private TermEnds? Ends { get; set; }

    private string? Refusal { get; set; }

    private string Description => Ends is { State: TermState.Computed, Digits: var digits }
        ? $"The Fibonacci number with the index {Asked} has {TermText.Count(digits, "digit")}."
        : $"The Fibonacci number with the index {Asked}.";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (SequenceIndex.Read(Index, SequenceIndex.Limit, out var index) != IndexVerdict.Accepted)
        {
            Navigation.NotFound();
            return;
        }

        Asked = index.Value;
        // One index has one address.
        if (index.ToString() != Index)
            (Context.Response.StatusCode, Context.Response.Headers.Location) = (StatusCodes.Status301MovedPermanently, $"/terms/{index}");
        else
            await ReadAsync();
    }

    private async Task AskAsync()
    {
        try
        {
            string[] indexes = [Index];
            var outcome = await Terms.SubmitAsync(indexes, SubmissionKey.Of(FormKey, indexes), Context.RequestAborted);
            if (outcome.Explain(indexes) is { } refusal)
                (Context.Response.StatusCode, Refusal) = (StatusCodes.Status422UnprocessableEntity, refusal);
            else
                Context.Response.SeeOther($"/terms/{Index}");
        }
        catch (ApiUnavailableException)
        {
            Ends = null;
            Context.Response.SayAway();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            Ends = await Reader.ReadAsync(Asked, Context.RequestAborted);
        }
        catch (ApiUnavailableException)
        {
            Context.Response.SayAway();
        }
    }
}
