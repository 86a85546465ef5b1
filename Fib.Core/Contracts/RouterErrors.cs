namespace Fib.Core.Contracts;

/// <summary>
/// The errors of the router itself. The gateway in development and nginx in the bundle send the same texts; each is one line without
/// quotes and <c>$</c>, which nginx would interpret.
/// </summary>
public static class RouterErrors
{
    private const string NotUnderstood = "The request could not be understood.";
    private const string Failed = "Something went wrong here.";

    /// <summary>The explanation of each status that a router answers by itself.</summary>
    public static IReadOnlyDictionary<int, string> Details { get; } = new Dictionary<int, string>
    {
        [400] = NotUnderstood,
        [404] = "Nothing is at this address.",
        [405] = NotUnderstood,
        [413] = "The request body is too large.",
        [414] = "The address is too long.",
        [421] = NotUnderstood,
        [431] = "The request headers are too large.",
        [500] = Failed,
        [501] = NotUnderstood,
        [503] = "The service is temporarily unavailable. Try again in a few seconds.",
        [505] = NotUnderstood,
    };

    /// <summary>The explanation of a status; a general one if the status has none of its own.</summary>
    public static string GetDetail(int status) =>
        Details.TryGetValue(status, out var detail) ? detail : status >= 500 ? Failed : NotUnderstood;
}
