using Fib.Web.Terms;
using Microsoft.AspNetCore.Components;

namespace Fib.Web.Components.Pages;

/// <summary>The calculator: a form, and the newest submissions with their terms.</summary>
public sealed partial class Home
{
    private const int Shown = 50;

    [Inject]
    private TermsClient Terms { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    [SupplyParameterFromForm(Name = "index")]
    private string? Index { get; set; }

    private IReadOnlyList<Submission> Latest { get; set; } = [];

    private string? Refusal { get; set; }

    private string? Notice { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // After a post, only when it is known that this page and no redirect answers it.
        if (!HttpMethods.IsPost(Context.Request.Method))
            await ReadLatestAsync();
    }

    private async Task SubmitAsync()
    {
        try
        {
            var outcome = await Terms.SubmitAsync(Index ?? "", Context.RequestAborted);
            if (outcome.Refusal is null)
            {
                // Relative, since the scheme is the router's affair.
                (Context.Response.StatusCode, Context.Response.Headers.Location) = (StatusCodes.Status303SeeOther, "/");
                return;
            }

            (Context.Response.StatusCode, Refusal) = (outcome.Status, outcome.Refusal);
            await ReadLatestAsync();
        }
        catch (ApiUnavailableException)
        {
            Context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Notice = "The calculator cannot be reached at the moment. Please submit again in a few seconds.";
        }
    }

    private async Task ReadLatestAsync()
    {
        try
        {
            Latest = await Terms.ReadLatestAsync(Shown, Context.RequestAborted);
        }
        catch (ApiUnavailableException)
        {
            Notice = "The calculator cannot be reached at the moment. What was submitted is kept; please come back in a few seconds.";
        }
    }
}
