using System.Net.ServerSentEvents;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Processes;

namespace Fib.LocalSystem.Events;

/// <summary>Reads the Server-Sent Events of a system, as a browser's EventSource does. Not thread-safe.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private IAsyncEnumerator<SseItem<string>>? _items;

    private EventStream(HttpResponseMessage response, Stream stream) => (_response, _stream) = (response, stream);

    /// <summary>The HTTP response, whose body is the stream.</summary>
    public HttpResponseMessage Response => _response;

    /// <summary>Opens the stream. It delivers every event published after the task has completed.</summary>
    /// <param name="client">A client whose base address is that of the gateway.</param>
    /// <param name="lastEventId">The id after which the stream starts; null for new events only.</param>
    /// <param name="path">The path of the stream.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="HttpRequestException">There was no response, or its status was no success.</exception>
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

    /// <summary>Reads the next event about an index. After a timeout or a cancellation the stream can only be closed.</summary>
    /// <param name="timeout">The maximum wait; default: <see cref="Eventually.DefaultTimeout"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="TimeoutException">There was no event in time.</exception>
    /// <exception cref="IOException">The stream ended or the connection broke.</exception>
    public async Task<ReceivedEvent> ReadAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        await ReadNextAsync().WaitAsync(timeout ?? Eventually.DefaultTimeout, cancellationToken);

    /// <summary>
    /// Reads up to and including the first event of a type about an index. Waits up to <see cref="Eventually.DefaultTimeout"/> for each.
    /// </summary>
    /// <exception cref="TimeoutException">There was no event in time.</exception>
    /// <exception cref="IOException">The stream ended or the connection broke.</exception>
    public Task<IReadOnlyList<ReceivedEvent>> ReadUntilAsync(string type, int index, CancellationToken cancellationToken = default) =>
        ReadUntilAsync(received => received.Type == type && received.Index == index, cancellationToken);

    /// <summary>
    /// Reads up to and including the first event that is awaited. Waits up to <see cref="Eventually.DefaultTimeout"/> for each.
    /// </summary>
    /// <exception cref="TimeoutException">There was no event in time.</exception>
    /// <exception cref="IOException">The stream ended or the connection broke.</exception>
    public async Task<IReadOnlyList<ReceivedEvent>> ReadUntilAsync(
        Func<ReceivedEvent, bool> isAwaited, CancellationToken cancellationToken = default)
    {
        var events = new List<ReceivedEvent>();
        do
        {
            events.Add(await ReadAsync(cancellationToken: cancellationToken));
        }
        while (!isAwaited(events[^1]));
        return events;
    }

    /// <summary>Reads the id after which the stream starts, before any event is read: a stream that breaks now is resumed after it.</summary>
    /// <exception cref="TimeoutException">There was no id in time.</exception>
    /// <exception cref="IOException">The stream ended or the connection broke.</exception>
    public Task<string> ReadStartAsync() => ReadFirstBlockAsync().WaitAsync(Eventually.DefaultTimeout);

    private async Task<ReceivedEvent> ReadNextAsync()
    {
        if (_items is null)
            await ReadFirstBlockAsync();
        do
        {
            if (!await _items!.MoveNextAsync())
                throw new EndOfStreamException("The event stream ended.");
        }
        while (_items.Current.EventType == "ping");
        return ReceivedEvent.Of(_items.Current);
    }

    /// <summary>.NET's parser would give the id of this block, which has no data, to the next event that has no id.</summary>
    private async Task<string> ReadFirstBlockAsync()
    {
        var block = new List<byte>();
        var next = new byte[1];
        while (!CollectionsMarshal.AsSpan(block).EndsWith("\n\n"u8))
        {
            await _stream.ReadExactlyAsync(next);
            block.Add(next[0]);
        }

        _items = SseParser.Create(_stream).EnumerateAsync().GetAsyncEnumerator();
        var lines = Encoding.UTF8.GetString([.. block]).Split('\n');
        return lines.Single(line => line.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..];
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => _response.Dispose();
}

/// <summary>One Server-Sent Event about an index.</summary>
/// <param name="Id">Its position in the stream, in decimal; empty for an event that is not repeated after a reconnect.</param>
/// <param name="Type">Its type, such as <c>computed</c>.</param>
/// <param name="Json">Its data as JSON.</param>
internal sealed record ReceivedEvent(string Id, string Type, string Json)
{
    /// <summary>The data; parsed on each call.</summary>
    public JsonElement Data => JsonElement.Parse(Json);

    /// <summary>The index of the event.</summary>
    public int Index => Data.GetProperty("index").GetInt32();

    /// <summary>Converts an event of .NET's parser.</summary>
    public static ReceivedEvent Of(SseItem<string> item) => new(item.EventId ?? "", item.EventType, item.Data);
}
