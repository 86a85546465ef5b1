using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Fib.Api.Events;

/// <summary>Writes Server-Sent Events (html.spec.whatwg.org, "Parsing an event stream").</summary>
internal sealed class EventStreamWriter(PipeWriter output)
{
    private const int ReconnectMilliseconds = 1_000;

    /// <summary>Sends the headers immediately, so that the client knows that it is connected.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        Write($"retry: {ReconnectMilliseconds}\n\n");
        return FlushAsync(cancellationToken);
    }

    /// <summary>An event without an id leaves the client's last id unchanged.</summary>
    public void Write(SequenceEvent sequenceEvent)
    {
        if (sequenceEvent.Id is { } id)
            Write(string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"));
        Write($"event: {sequenceEvent.Type}\ndata: {sequenceEvent.Data}\n\n");
    }

    /// <summary>Writes a comment, so that proxies do not close an idle stream.</summary>
    public void WriteKeepAlive() => Write(":\n\n");

    public async Task FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
