using System.Net;
using System.Text.Json;
using Fib.ServiceDefaults.Dependencies;

namespace Fib.Web.Terms;

/// <summary>Asks the api for submissions and hands it new ones.</summary>
internal sealed class TermsClient(HttpClient http, [FromKeyedServices(ApiAnswers.ApiName)] Dependency api)
{
    /// <summary>A page of submissions, newest first.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public Task<SubmissionsPage> ReadPageAsync(SubmissionsQuery query, CancellationToken cancellationToken) => ApiAnswers.AskAsync(
        api,
        async () => await http.GetFromJsonAsync<SubmissionsPage>($"values?{query.ForApi}", cancellationToken) is { Items: not null } page
            ? page
            : throw new JsonException("values answered no page."),
        cancellationToken);

    /// <summary>Submits indexes, all in one commit. How high an index may be, the api alone decides.</summary>
    /// <param name="indexes">1 to 1,000 of them, as digits.</param>
    /// <param name="key">What is sent twice under one key counts once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public Task<SubmitOutcome> SubmitAsync(IReadOnlyList<string> indexes, string key, CancellationToken cancellationToken) => ApiAnswers.AskAsync(
        api,
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "values/batch") { Content = JsonContent.Create(new { indexes }) };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await http.SendAsync(request, cancellationToken);
            if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
                return new SubmitOutcome((int)answer.StatusCode, [], await answer.Content.ReadReasonAsync(cancellationToken));
            var said = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BatchAnswer>(cancellationToken);
            return said?.Results?.Count == indexes.Count
                ? new SubmitOutcome((int)answer.StatusCode, said.Results, null)
                : throw new JsonException("values/batch did not answer to each index.");
        },
        cancellationToken);

    private sealed record BatchAnswer(IReadOnlyList<EntryResult>? Results);
}
