using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fib.ServiceDefaults.Dependencies;

namespace Fib.Web.Terms;

/// <summary>Asks the api for the ends of a term by ranges (RFC 9110, section 14), so that a term of millions of digits takes no more memory here than a short one.</summary>
internal sealed class TermReader(HttpClient http, [FromKeyedServices(ApiAnswers.ApiName)] Dependency api)
{
    private const int WholeDigits = 10_000;
    private const int EndDigits = 5_000;

    /// <summary>Reads what a page shows of the term.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public Task<TermEnds> ReadAsync(int index, CancellationToken cancellationToken) => ApiAnswers.AskAsync(
        api,
        async () =>
        {
            using var answer = await AskAsync(index, new RangeItemHeaderValue(0, WholeDigits - 1), cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.PartialContent => await ReadEndsAsync(index, answer, cancellationToken),
                HttpStatusCode.Accepted => new TermEnds(TermState.Pending),
                HttpStatusCode.NotFound => new TermEnds(TermState.Unknown),
                HttpStatusCode.UnprocessableEntity => new TermEnds(TermState.Failed, Reason: await answer.Content.ReadReasonAsync(cancellationToken)),
                _ => throw new HttpRequestException($"values/{index} answered {(int)answer.StatusCode}."),
            };
        },
        cancellationToken);

    private async Task<TermEnds> ReadEndsAsync(int index, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var digits = answer.Content.Headers.ContentRange?.Length ?? throw new JsonException("A range without a length.");
        var first = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (digits <= WholeDigits)
            return new TermEnds(TermState.Computed, digits, first);
        using var end = await AskAsync(index, new RangeItemHeaderValue(null, EndDigits), cancellationToken);
        // Dropped between the two: it is computed again.
        if (end.StatusCode != HttpStatusCode.PartialContent)
            return new TermEnds(TermState.Pending);
        return new TermEnds(TermState.Computed, digits, first[..EndDigits], await end.Content.ReadAsStringAsync(cancellationToken));
    }

    private Task<HttpResponseMessage> AskAsync(int index, RangeItemHeaderValue range, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"values/{index}"));
        request.Headers.Range = new RangeHeaderValue { Ranges = { range } };
        return http.SendAsync(request, cancellationToken);
    }
}
