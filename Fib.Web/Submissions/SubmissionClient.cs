using System.Net;
using System.Text.Json;
using Fib.Core.Contracts;
using Fib.ServiceDefaults.Dependencies;
using Fib.Web.Api;

namespace Fib.Web.Submissions;

/// <summary>Lists submissions of the api and submits new ones.</summary>
internal sealed class SubmissionClient(HttpClient http, [FromKeyedServices(ApiCall.ApiName)] Dependency api)
{
    /// <summary>Gets a page of submissions, newest first.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public Task<SubmissionPage> ReadPageAsync(SubmissionsQuery query, CancellationToken cancellationToken) => ApiCall.RunAsync(
        api,
        async () => await http.GetFromJsonAsync<SubmissionPage>($"values?{query.ApiQuery}", cancellationToken) is { Items: not null } page
            ? page
            : throw new JsonException("values returned no page."),
        cancellationToken);

    /// <summary>Submits indexes in one commit. Only the api limits how high an index may be.</summary>
    /// <param name="batch">The indexes.</param>
    /// <param name="key">The idempotency key: a submission that is sent again with the same key counts once.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public Task<SubmitResult> SubmitAsync(BatchRequest batch, string key, CancellationToken cancellationToken) => ApiCall.RunAsync(
        api,
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "values/batch") { Content = JsonContent.Create(batch) };
            request.Headers.Add(SubmissionRules.IdempotencyKeyHeader, key);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
                return new SubmitResult((int)response.StatusCode, [], await response.Content.ReadReasonAsync(cancellationToken));
            var body = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BatchResponse>(cancellationToken);
            return body?.Results?.Count == batch.Indexes.Count
                ? new SubmitResult((int)response.StatusCode, body.Results, null)
                : throw new JsonException("values/batch did not return one result for each index.");
        },
        cancellationToken);
}
