namespace Fib.ServiceDefaults.Http;

/// <summary>Failures of an HTTP request before it was sent.</summary>
public static class ConnectFailure
{
    /// <summary>Whether no connection was made, so that the request can be sent to another replica, whatever it does.</summary>
    public static bool Is(Exception? exception) => exception is
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
        // The connect timeout of the handler.
        or OperationCanceledException { InnerException: TimeoutException };
}
