using System.Net;
using System.Text.Json;

namespace Fib.Tests.Support;

/// <summary>Reads Server-Sent Events, as a browser's EventSource does.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage answer, Stream stream)
    {
        _answer = answer;
        _reader = new StreamReader(stream);
    }

    public HttpResponseMessage Answer => _answer;

    /// <summary>Opens the stream; from now on nothing is missed.</summary>
    /// <param name="gateway">Asks the gateway.</param>
    /// <param name="lastEventId">The event after which to go on, or null for what comes next.</param>
    public static async Task<EventStream> OpenAsync(HttpClient gateway, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/values/events");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event that has data.</summary>
    public async Task<StreamEvent> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        string id = "", type = "", data = "";
        while (await _reader.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.Length == 0 && data.Length > 0)
                return new StreamEvent(id, type, JsonSerializer.Deserialize<JsonElement>(data));
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
        }

        throw new EndOfStreamException("The event stream ended.");
    }

    /// <summary>The events up to and with the first of this type about this index.</summary>
    public async Task<IReadOnlyList<StreamEvent>> ReadUntilAsync(string type, int index)
    {
        var events = new List<StreamEvent>();
        do
        {
            events.Add(await ReadAsync());
        }
        while (events[^1].Type != type || events[^1].Index != index);
        return events;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _answer.Dispose();
        return ValueTask.CompletedTask;
    }
}
