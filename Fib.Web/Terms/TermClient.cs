using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Fib.ServiceDefaults.Dependencies;
using Fib.Web.Api;

namespace Fib.Web.Terms;

/// <summary>
/// Reads the ends of a term from the api by range requests (RFC 9110, section 14), so that a term of millions of digits takes
/// no more memory here than a short one.
/// </summary>
internal sealed class TermClient(HttpClient http, [FromKeyedServices(ApiCall.ApiName)] Dependency api)
{
    private const int WholeDigits = 10_000;
    private const int EndDigits = 5_000;

    /// <summary>Reads the part of the term that its page shows.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public Task<TermExcerpt> ReadAsync(int index, CancellationToken cancellationToken) => ApiCall.RunAsync(
        api,
        async () =>
        {
            using var response = await GetRangeAsync(index, new RangeItemHeaderValue(0, WholeDigits - 1), cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.PartialContent => await ReadDigitsAsync(index, response, cancellationToken),
                HttpStatusCode.Accepted => new TermExcerpt(TermState.Pending),
                HttpStatusCode.NotFound => new TermExcerpt(TermState.Unknown),
                HttpStatusCode.UnprocessableEntity =>
                    new TermExcerpt(TermState.Failed, Reason: await response.Content.ReadReasonAsync(cancellationToken)),
                _ => throw new HttpRequestException($"values/{index} returned {(int)response.StatusCode}."),
            };
        },
        cancellationToken);

    private async Task<TermExcerpt> ReadDigitsAsync(int index, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var digits = response.Content.Headers.ContentRange?.Length ?? throw new JsonException("A range without a length.");
        var first = await response.Content.ReadAsStringAsync(cancellationToken);
        if (digits <= WholeDigits)
            return new TermExcerpt(TermState.Computed, digits, first);
        using var end = await GetRangeAsync(index, new RangeItemHeaderValue(null, EndDigits), cancellationToken);
        // The term was evicted between the two requests, and is computed again.
        if (end.StatusCode != HttpStatusCode.PartialContent)
            return new TermExcerpt(TermState.Pending);
        return new TermExcerpt(TermState.Computed, digits, first[..EndDigits], await end.Content.ReadAsStringAsync(cancellationToken));
    }

    private Task<HttpResponseMessage> GetRangeAsync(int index, RangeItemHeaderValue range, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"values/{index}"));
        request.Headers.Range = new RangeHeaderValue { Ranges = { range } };
        return http.SendAsync(request, cancellationToken);
    }
}

/// <summary>The part of a term that its page shows: the whole up to 10,000 digits, else its first and last 5,000.</summary>
/// <param name="State">The state of the term.</param>
/// <param name="Digits">The number of digits of the whole term; 0 unless computed.</param>
/// <param name="First">The first digits.</param>
/// <param name="Last">The last digits; empty if <paramref name="First"/> is the whole term.</param>
/// <param name="Reason">Why it failed, or null.</param>
public sealed record TermExcerpt(TermState State, long Digits = 0, string First = "", string Last = "", string? Reason = null)
{
    /// <summary>The number of digits that are not shown.</summary>
    public long Hidden => Digits - First.Length - Last.Length;
}

/// <summary>The state of a term.</summary>
public enum TermState
{
    /// <summary>Its index was never submitted.</summary>
    Unknown,

    /// <summary>It is being computed, for the first time or again.</summary>
    Pending,

    /// <summary>It is stored.</summary>
    Computed,

    /// <summary>It could not be computed.</summary>
    Failed,
}
