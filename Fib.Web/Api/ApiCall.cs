using System.Net.Mime;
using System.Text.Json;
using Fib.ServiceDefaults.Dependencies;
using Polly;

namespace Fib.Web.Api;

/// <summary>Runs calls of the api and maps their failures to one exception.</summary>
internal static class ApiCall
{
    /// <summary>The name of the api in the log.</summary>
    public const string ApiName = "The api";

    /// <summary>Runs a call. A failed connection, a timeout, an error status and an unreadable body are the same failure.</summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken) || exception is JsonException)
        {
            throw new ApiUnavailableException("The api returned no usable response.", exception);
        }
    }

    /// <summary>
    /// Runs a call, and logs when the api becomes unavailable or available again.
    /// An error status is a response, so a store's outage does not make the api unavailable here.
    /// </summary>
    /// <exception cref="ApiUnavailableException">The api or a store behind it is unavailable.</exception>
    public static async Task<T> RunAsync<T>(Dependency api, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var begun = api.Begin();
        try
        {
            var response = await RunAsync(call, cancellationToken);
            api.SetAvailable(begun);
            return response;
        }
        // An error status or an unreadable body is a response too: the api is reachable.
        catch (ApiUnavailableException exception)
            when (exception.InnerException is { } reason and not (JsonException or HttpRequestException { StatusCode: not null }))
        {
            api.SetUnavailable(begun, reason.Message);
            throw;
        }
    }

    /// <summary>The detail or the title of problem details, or the plain text of another body.</summary>
    public static async Task<string> ReadReasonAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != MediaTypeNames.Application.ProblemJson)
            return await content.ReadAsStringAsync(cancellationToken);
        var problem = await content.ReadFromJsonAsync<ProblemReason>(cancellationToken);
        return problem?.Detail ?? problem?.Title ?? "The request was rejected.";
    }

    /// <summary>The api was not reached, did not respond in time, or responded with an error status.</summary>
    private static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or ExecutionRejectedException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private sealed record ProblemReason(string? Title, string? Detail);
}

/// <summary>The api returned no usable response: it or a store behind it is unavailable.</summary>
internal sealed class ApiUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
