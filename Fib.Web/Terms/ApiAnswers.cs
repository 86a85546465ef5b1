using System.Net.Mime;
using System.Text.Json;

namespace Fib.Web.Terms;

/// <summary>How the api's answers are taken.</summary>
internal static class ApiAnswers
{
    /// <summary>Whatever keeps an answer from being had or read is one failure.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is away.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
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

    /// <summary>What problem details, or a plain text, say.</summary>
    public static async Task<string> ReadReasonAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != MediaTypeNames.Application.ProblemJson)
            return await content.ReadAsStringAsync(cancellationToken);
        var problem = await content.ReadFromJsonAsync<ProblemReason>(cancellationToken);
        return problem?.Detail ?? problem?.Title ?? "The request was refused.";
    }

    private sealed record ProblemReason(string? Title, string? Detail);
}
