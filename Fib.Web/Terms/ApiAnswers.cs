using System.Net.Mime;
using System.Text.Json;
using Fib.ServiceDefaults.Dependencies;
using Polly;

namespace Fib.Web.Terms;

/// <summary>How the api's answers are taken.</summary>
internal static class ApiAnswers
{
    /// <summary>What the log calls the api.</summary>
    public const string ApiName = "The api";

    /// <summary>Whatever keeps an answer from being had or read is one failure.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
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

    /// <summary>The same, and logs when the api becomes unavailable or available again: for what it answers whatever its stores do.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public static async Task<T> AskAsync<T>(Dependency api, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var begun = api.Begin();
        try
        {
            var answer = await AskAsync(ask, cancellationToken);
            api.SetAvailable(begun);
            return answer;
        }
        // An error of the api, or something unreadable, is an answer too.
        catch (ApiUnavailableException failure) when (failure.InnerException is { } reason and not (JsonException or HttpRequestException { StatusCode: not null }))
        {
            api.SetUnavailable(begun, reason.Message);
            throw;
        }
    }

    /// <summary>The api was not reached, did not answer in time or answered an error.</summary>
    private static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
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
