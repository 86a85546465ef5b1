using Yarp.ReverseProxy.Forwarder;

namespace Fib.Gateway;

/// <summary>Tells whose failure it is when a request could not be passed on.</summary>
internal static class ForwarderFailures
{
    /// <summary>Whether the request itself could not be sent, to whatever service.</summary>
    public static bool IsOfRequest(this IForwarderErrorFeature failure) =>
        failure is { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null } };

    /// <summary>Whether the service could not be reached, did not answer in time or broke off.</summary>
    public static bool IsOfService(this IForwarderErrorFeature failure) =>
        failure.Error is ForwarderError.Request or ForwarderError.RequestTimedOut or ForwarderError.RequestBodyDestination or ForwarderError.ResponseBodyDestination
        && !failure.IsOfRequest();
}
