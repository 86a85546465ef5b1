using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using Fib.Api.Database;
using Fib.Api.Http;

namespace Fib.Api.Events;

/// <summary><c>GET /values/events</c>: Server-Sent Events (html.spec.whatwg.org, "Server-sent events") that resume without a gap.</summary>
internal static class EventsApi
{
    /// <summary>The routers end a stream after a minute in which it receives nothing.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxResponseBufferSize = OpenStreams.MaxBuffered);
        builder.Services.AddSingleton<OpenStreams>().AddSingleton<EventReader>().AddSingleton<PastEvents>();
        builder.Services.AddHosted<EventFeed>().AddHostedService<ProgressFeed>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/values/events", ApiDescription.Reading, OpenAsync)
            .WithTags("values")
            .WithSummary("Events of all indexes; resumes after the id in Last-Event-ID, or in the query parameter after.")
            .DisableRequestTimeout();

    internal static async Task OpenAsync(
        HttpContext context, OpenStreams open, PastEvents past, EventFeed feed, IHostApplicationLifetime lifetime,
        IProblemDetailsService problems, TimeProvider time, CancellationToken aborted)
    {
        if (!open.TryAdd())
        {
            await StoreUnavailable.WriteAsync(context, problems, "Too many event streams are open; please try again.");
            return;
        }

        try
        {
            await StreamAsync(context, past, feed, lifetime, problems, time, aborted);
        }
        finally
        {
            open.Remove();
        }
    }

    private static async Task StreamAsync(
        HttpContext context, PastEvents past, EventFeed feed, IHostApplicationLifetime lifetime, IProblemDetailsService problems,
        TimeProvider time, CancellationToken aborted)
    {
        // A stop ends the streams: the clients reconnect with their last id, to this api or another.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var cancellationToken = ended.Token;
        EventListener? listener = null;
        try
        {
            // Added before past events are read: the feed keeps the recent events only while it has listeners.
            listener = await feed.AddListenerAsync(cancellationToken);
            using var tooSlow = listener.TooSlow.Register(ended.Cancel);
            var last = await past.FindStartAsync(ReadLastEventId(context.Request));
            cancellationToken.ThrowIfCancellationRequested();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-cache";
            if (HttpMethods.IsHead(context.Request.Method))
                return;
            var output = new EventStreamWriter(context.Response.BodyWriter, time);
            await output.OpenAsync(last, cancellationToken);
            last = await WritePastAsync(output, past, last, cancellationToken);
            listener.Start();
            // What was published between the last read and the start.
            last = await WritePastAsync(output, past, last, cancellationToken);
            await WriteLiveAsync(output, listener.Reader, last, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has disconnected or is too slow, or the api stops.
            if (listener is { TooSlow.IsCancellationRequested: true })
                context.Abort();
            else if (!aborted.IsCancellationRequested && !context.Response.HasStarted)
                await StoreUnavailable.WriteAsync(context, problems, "The api stops; please try again.");
        }
        catch (SlowClientException)
        {
            // The connection frees what it buffers; the client reconnects from its last event.
            context.Abort();
        }
        finally
        {
            if (listener is not null)
                feed.RemoveListener(listener);
        }
    }

    private static long? ReadLastEventId(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].FirstOrDefault() ?? request.Query["after"].FirstOrDefault();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>Holds no events while it waits for the client: those of many slow clients together would take all memory.</summary>
    private static async Task<long> WritePastAsync(
        EventStreamWriter output, PastEvents past, long last, CancellationToken cancellationToken)
    {
        while (output.WriteFirst(await past.ReadAfterAsync(last, cancellationToken)) is { } written)
        {
            last = written;
            await output.FlushAsync(cancellationToken);
        }

        return last;
    }

    /// <summary>Ends if the client is too slow; it reconnects with its last id.</summary>
    private static async Task WriteLiveAsync(
        EventStreamWriter output, ChannelReader<SequenceEvent> live, long last, TimeProvider time, CancellationToken cancellationToken)
    {
        var more = live.WaitToReadAsync(cancellationToken).AsTask();
        var ping = Task.Delay(PingInterval, time, cancellationToken);
        while (true)
        {
            if (await Task.WhenAny(more, ping) != more)
            {
                output.WritePing();
                ping = Task.Delay(PingInterval, time, cancellationToken);
            }
            else
            {
                if (!await more)
                    return;
                while (live.TryRead(out var sequenceEvent))
                {
                    if (sequenceEvent.Id is null || sequenceEvent.Id > last)
                        await output.WriteAsync(sequenceEvent, cancellationToken);
                }

                more = live.WaitToReadAsync(cancellationToken).AsTask();
            }

            await output.FlushAsync(cancellationToken);
        }
    }
}

/// <summary>Writes Server-Sent Events (html.spec.whatwg.org, "Parsing an event stream").</summary>
internal sealed class EventStreamWriter(PipeWriter output, TimeProvider time)
{
    /// <summary>How long a client may receive nothing while events wait for it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private const int ReconnectMilliseconds = 1_000;

    /// <summary>The number of bytes after which events are sent, and a slow client is waited for.</summary>
    private const int MaxUnsent = 4 * 1024;

    private int _unsent;

    /// <summary>
    /// Sends the headers immediately, so that the client knows that it is connected, and the id of the last event before the stream:
    /// a client whose stream breaks before its first event resumes after that.
    /// </summary>
    public Task OpenAsync(long last, CancellationToken cancellationToken)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"retry: {ReconnectMilliseconds}\nid: {last}\n\n"));
        return FlushAsync(cancellationToken);
    }

    /// <summary>
    /// Writes an event, and waits for the client if it is behind; otherwise many streams together would take all memory. An event
    /// without an id leaves the client's last id unchanged.
    /// </summary>
    public async ValueTask WriteAsync(SequenceEvent sequenceEvent, CancellationToken cancellationToken)
    {
        Write(sequenceEvent);
        if (_unsent >= MaxUnsent)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Writes as many events as are sent at once, and returns the id of the last one; null if there are none.</summary>
    public long? WriteFirst(IReadOnlyList<SequenceEvent> events)
    {
        long? last = null;
        for (var n = 0; n < events.Count && _unsent < MaxUnsent; n++)
        {
            Write(events[n]);
            last = events[n].Id;
        }

        return last;
    }

    /// <summary>
    /// Writes an event that says nothing: proxies do not close an idle stream, and a page, which does not see comments, knows that its
    /// connection works.
    /// </summary>
    public void WritePing() => Write("event: ping\ndata: {}\n\n");

    /// <summary>Waits for a client that is behind.</summary>
    /// <exception cref="SlowClientException">It received nothing for <see cref="MaxWait"/>.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        _unsent = 0;
        try
        {
            await output.FlushAsync(cancellationToken).AsTask().WaitAsync(MaxWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new SlowClientException();
        }
    }

    private void Write(SequenceEvent sequenceEvent)
    {
        if (sequenceEvent.Id is { } id)
            Write(string.Create(CultureInfo.InvariantCulture, $"id: {id}\n"));
        Write($"event: {sequenceEvent.Type}\ndata: {sequenceEvent.Data}\n\n");
    }

    private void Write(string text) => _unsent += (int)Encoding.UTF8.GetBytes(text, output);
}

/// <summary>The client of an event stream does not receive what is sent to it.</summary>
internal sealed class SlowClientException : Exception;
