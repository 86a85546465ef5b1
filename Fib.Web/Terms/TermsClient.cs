using System.Net;
using System.Net.Mime;
using System.Text.Json;

namespace Fib.Web.Terms;

/// <summary>Asks the api for submissions and hands it new ones.</summary>
internal sealed class TermsClient(HttpClient http)
{
    /// <summary>The newest submissions, newest first.</summary>
    /// <param name="limit">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public Task<IReadOnlyList<Submission>> ReadLatestAsync(int limit, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            var page = await http.GetFromJsonAsync<SubmissionsPage>($"values?limit={limit}", cancellationToken);
            return page?.Items ?? throw new JsonException("values answered null.");
        },
        cancellationToken);

    /// <summary>Submits an index as it was typed: what is a valid one, the api alone decides.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public Task<SubmitOutcome> SubmitAsync(string index, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            using var answer = await http.PostAsJsonAsync("values", new { index }, cancellationToken);
            var refused = answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
            if (!refused)
                answer.EnsureSuccessStatusCode();
            return new SubmitOutcome((int)answer.StatusCode, refused ? await ReadReasonAsync(answer.Content, cancellationToken) : null);
        },
        cancellationToken);

    private static async Task<string> ReadReasonAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != MediaTypeNames.Application.ProblemJson)
            return await content.ReadAsStringAsync(cancellationToken);
        var problem = await content.ReadFromJsonAsync<ProblemReason>(cancellationToken);
        return problem?.Detail ?? problem?.Title ?? "The index was refused.";
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception away) when (away is HttpRequestException or JsonException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ApiUnavailableException("The api gave no usable answer.", away);
        }
    }

    private sealed record ProblemReason(string? Title, string? Detail);
}
