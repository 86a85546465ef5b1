using Fib.LocalSystem.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.Gateway;

/// <summary>A handler of the gateway before an upstream whose responses the test gives.</summary>
public abstract class HandlerTestBase : IDisposable
{
    private protected HandlerTestBase(Func<HttpMessageHandler, TimeProvider, HttpMessageHandler> create) =>
        Client = new HttpMessageInvoker(create(Upstream, Time));

    private protected FakeTimeProvider Time { get; } = new();

    private protected HeldUpstream Upstream { get; } = new();

    private protected HttpMessageInvoker Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<string> ReadAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent.WaitAsync(Eventually.DefaultTimeout);
        return await response.Content.ReadAsStringAsync();
    }
}
