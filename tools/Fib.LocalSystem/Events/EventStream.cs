using System.Net.ServerSentEvents;

namespace Fib.LocalSystem.Events;

/// <summary>Reads the Server-Sent Events of a system, as a browser's EventSource does. Not thread-safe.</summary>
internal sealed class EventStream : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventStream(HttpResponseMessage response, Stream stream) =>
        (_response, _items) = (response, SseParser.Create(stream).EnumerateAsync().GetAsyncEnumerator());

    /// <summary>The answer, whose body is the stream.</summary>
    public HttpResponseMessage Response => _response;

    /// <summary>Opens the stream; from now on no event is missed.</summary>
    /// <param name="client">Its base address is that of the gateway.</param>
    /// <param name="lastEventId">The event after which to go on; null for what comes next.</param>
    /// <param name="path">Where the stream is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">There was no answer of success.</exception>
    public static async Task<EventStream> OpenAsync(
        HttpClient client, string? lastEventId = null, string path = "api/values/events", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>The next event. After a read that was given up, the stream can only be closed.</summary>
    /// <param name="timeout">How long it may take; default: 60 s.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="IOException">The stream ended or broke off.</exception>
    public async Task<StreamEvent> ReadAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        await _items.MoveNextAsync().AsTask().WaitAsync(timeout ?? DefaultTimeout, cancellationToken)
            ? StreamEvent.Of(_items.Current)
            : throw new EndOfStreamException("The event stream ended.");

    /// <summary>The events up to and with the first of a type about an index. Waits up to 60 s for each.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    /// <exception cref="IOException">The stream ended or broke off.</exception>
    public async Task<IReadOnlyList<StreamEvent>> ReadUntilAsync(string type, int index, CancellationToken cancellationToken = default)
    {
        var events = new List<StreamEvent>();
        do
        {
            events.Add(await ReadAsync(cancellationToken: cancellationToken));
        }
        while (events[^1].Type != type || events[^1].Index != index);
        return events;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => _response.Dispose();
}
