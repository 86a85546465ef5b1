using System.Net.Mime;
using System.Text.Json;
using Polly;

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
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken) || failure is JsonException)
        {
            throw new ApiUnavailableException("The api gave no usable answer.", failure);
        }
    }

    /// <summary>The api was not reached, did not answer in time or answered an error.</summary>
    public static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or ExecutionRejectedException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

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
