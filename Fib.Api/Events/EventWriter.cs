using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Fib.Api.Events;

/// <summary>Writes the event stream format.</summary>
internal sealed class EventWriter(PipeWriter output)
{
    private const int ReconnectMilliseconds = 1_000;

    /// <summary>Sends the headers at once, so that the client knows that it is connected.</summary>
    public Task OpenAsync(CancellationToken cancellationToken)
    {
        Write($"retry: {ReconnectMilliseconds}\n\n");
        return FlushAsync(cancellationToken);
    }

    /// <summary>Without an id where there is none: the client then keeps the last one.</summary>
    public void Write(SequenceEvent happened)
    {
        if (happened.Id is { } id)
            Write(string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"));
        Write($"event: {happened.Type}\ndata: {happened.Data}\n\n");
    }

    /// <summary>A comment: keeps proxies from closing a quiet stream.</summary>
    public void WriteKeepAlive() => Write(":\n\n");

    public async Task FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);
}
