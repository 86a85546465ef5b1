using System.Text;
using System.Threading.Channels;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.Gateway;

/// <summary>Receives requests, which the test answers.</summary>
internal sealed class HeldUpstream : HttpMessageHandler
{
    /// <summary>Every request of a client has this header, a shared one has not.</summary>
    public const string Client = "X-Forwarded-For";

    private readonly Channel<HeldRequest> _shared = Channel.CreateUnbounded<HeldRequest>(), _own = Channel.CreateUnbounded<HeldRequest>();

    public bool IsIdle => _shared.Reader.Count + _own.Reader.Count == 0;

    /// <summary>Waits for the next request that stands for several.</summary>
    public Task<HeldRequest> NextSharedAsync() => _shared.Reader.ReadAsync().AsTask().WaitAsync(Eventually.DefaultTimeout);

    /// <summary>Waits for the next request of a single client.</summary>
    public Task<HeldRequest> NextOwnAsync() => _own.Reader.ReadAsync().AsTask().WaitAsync(Eventually.DefaultTimeout);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var received = new HeldRequest(request, cancellationToken);
        Assert.True((request.Headers.Contains(Client) ? _own : _shared).Writer.TryWrite(received));
        return received.Response;
    }
}

/// <summary>A request that waits for its response.</summary>
internal sealed class HeldRequest(HttpRequestMessage request, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<HttpResponseMessage> _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HttpRequestMessage Request => request;

    public Task<HttpResponseMessage> Response => _response.Task.WaitAsync(cancellationToken);

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    public Task Cancelled => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken)
        .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    public async Task<string> ReadBodyAsync() => Encoding.UTF8.GetString(await Request.Content!.ReadAsByteArrayAsync());

    public void Respond(string text) => Respond(new HttpResponseMessage { Content = new StringContent(text) });

    public void Respond(HttpResponseMessage response)
    {
        response.RequestMessage = Request;
        _response.SetResult(response);
    }

    public void Fail(Exception exception) => _response.SetException(exception);
}
