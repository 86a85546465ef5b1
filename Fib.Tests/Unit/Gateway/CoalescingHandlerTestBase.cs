using Fib.Gateway;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Reads through <see cref="CoalescingHandler"/>.</summary>
public abstract class CoalescingHandlerTestBase() : HandlerTestBase((inner, time) => new CoalescingHandler(inner, time))
{
    private protected static HttpRequestMessage CreateRequest(params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "http://api/values");
        request.Headers.Add("Host", "fib");
        request.Headers.Add(HeldUpstream.Client, "192.0.2.1");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private protected Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers) =>
        Client.SendAsync(CreateRequest(headers), CancellationToken.None);

    /// <summary>Sends a first request, so that the next ones are shared.</summary>
    private protected async Task LearnAsync(params (string Name, string Value)[] headers)
    {
        var first = SendAsync(headers);
        (await Upstream.NextOwnAsync()).Respond("0");
        await ReadAsync(first);
    }
}
