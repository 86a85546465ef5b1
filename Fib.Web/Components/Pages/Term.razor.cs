using Fib.Core.Contracts;
using Fib.Core.Sequence;
using Fib.Web.Api;
using Fib.Web.Submissions;
using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Pages;

/// <summary>The page of one term: its digits and facts about it, or a form to submit its index.</summary>
public sealed partial class Term
{
    /// <summary>The index as it is written in the address.</summary>
    [Parameter]
    public string Index { get; set; } = "";

    [Inject]
    private SubmissionClient Submissions { get; set; } = null!;

    [Inject]
    private TermClient Terms { get; set; } = null!;

    [Inject]
    private IndexRange Range { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(Name = "key")]
    private string? PostedFormKey { get; set; }

    private string NewFormKey { get; set; } = IdempotencyKey.NewFormKey();

    private int ParsedIndex { get; set; }

    /// <summary>Null if the api is unavailable.</summary>
    private TermExcerpt? Excerpt { get; set; }

    private string? Error { get; set; }

    private string Description => Excerpt is { State: TermState.Computed, Digits: var digits }
        ? $"The Fibonacci number with the index {ParsedIndex} has {TermText.Count(digits, "digit")}."
        : $"The Fibonacci number with the index {ParsedIndex}.";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (SequenceIndex.Read(Index, SequenceIndex.Limit, out var index) != IndexVerdict.Accepted)
        {
            Navigation.NotFound();
            return;
        }

        ParsedIndex = index.Value;
        // Each index has one address: other spellings, such as 007, redirect to it.
        if (index.ToString() != Index)
            (Context.Response.StatusCode, Context.Response.Headers.Location) = (StatusCodes.Status301MovedPermanently, $"/terms/{index}");
        else if (HttpMethods.IsPost(Context.Request.Method))
            // Only a page with the form accepts a post, and the term may be pending or computed by now.
            Excerpt = new TermExcerpt(TermState.Unknown);
        else
            await ReadOrNotFoundAsync();
    }

    private async Task SubmitAsync()
    {
        try
        {
            string[] indexes = [Index];
            var key = IdempotencyKey.Create(PostedFormKey, indexes);
            var result = await Submissions.SubmitAsync(new BatchRequest(indexes), key, Context.RequestAborted);
            if (result.FormatReason(indexes) is { } reason)
                (Context.Response.StatusCode, Error) = (StatusCodes.Status422UnprocessableEntity, reason);
            else
                Context.Response.SeeOther($"/terms/{Index}");
        }
        catch (ApiUnavailableException)
        {
            // The form keeps its key, so that sending it again is the same submission.
            NewFormKey = PostedFormKey ?? NewFormKey;
            Context.Response.SetUnavailable();
            Error = "The calculator is temporarily unavailable. Please submit again in a few seconds.";
        }
    }

    /// <summary>A term above a maximum that was lowered since keeps its page.</summary>
    private async Task ReadOrNotFoundAsync()
    {
        try
        {
            Excerpt = await Terms.ReadAsync(ParsedIndex, Context.RequestAborted);
            if (Excerpt.State == TermState.Unknown && !Range.Contains(ParsedIndex))
                Navigation.NotFound();
        }
        catch (ApiUnavailableException)
        {
            Context.Response.SetUnavailable();
        }
    }
}
