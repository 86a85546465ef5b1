using Fib.Gateway;
using Fib.LocalSystem.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.Gateway;

/// <summary>The handler before an upstream whose responses the test gives.</summary>
public abstract class CoalescingHandlerTestBase : IDisposable
{
    protected CoalescingHandlerTestBase() => Client = new HttpMessageInvoker(new CoalescingHandler(Upstream, Time));

    private protected FakeTimeProvider Time { get; } = new();

    private protected HeldUpstream Upstream { get; } = new();

    private protected HttpMessageInvoker Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static HttpRequestMessage CreateRequest(params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "http://api/values");
        request.Headers.Add("Host", "fib");
        request.Headers.Add(HeldUpstream.Client, "192.0.2.1");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private protected static async Task<string> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent.WaitAsync(Eventually.DefaultTimeout);
        return await response.Content.ReadAsStringAsync();
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
