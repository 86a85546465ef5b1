using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Fib.Api.Events;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.System.Api;

/// <summary>
/// An event stream on a database of its own, whose client reads when the test does. The clock of the stream stands still, so it never
/// waits too long for its client.
/// </summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class SlowEventStreamTests(SystemFixture system) : IAsyncLifetime, IHttpRequestLifetimeFeature
{
    private const int Buffered = 8 * 1024;

    private readonly FakeTimeProvider _feedTime = new(), _streamTime = new();
    private readonly Pipe _client = new(new PipeOptions(pauseWriterThreshold: Buffered, resumeWriterThreshold: Buffered / 2));
    private readonly CancellationTokenSource _aborted = new();
    private readonly DefaultHttpContext _context = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private ScratchDatabase _database = null!;
    private EventFeed _feed = null!;
    private PastEvents _past = null!;

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

    void IHttpRequestLifetimeFeature.Abort() => _aborted.Cancel();

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateEmptyAsync(system.System);
        var (schema, reader) = (await _database.CreateSchemaAsync(), new EventReader(_database.Source));
        _feed = new EventFeed(
            _database.Source, reader, schema, UnloggedStores.Create(), _feedTime, NullLogger<EventFeed>.Instance);
        _past = new PastEvents(reader, _feed, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _aborted.CancelAsync();
        await _feed.StopAsync(default);
        _feed.Dispose();
        _past.Dispose();
        _aborted.Dispose();
        await _database.DisposeAsync();
    }

    /// <summary>An event that was deleted meanwhile is only in memory, and a slow client would hold it there.</summary>
    [Fact]
    public async Task PastEvents_AreNotHeldWhileTheStreamWaitsForItsClient()
    {
        await InsertAsync(700);
        await _feed.StartAsync(default);
        var stream = OpenAsync(after: 0);
        var waiting = await _client.Reader.ReadAtLeastAsync(Buffered);
        Assert.DoesNotContain(150L, Ids(Encoding.UTF8.GetString(waiting.Buffer)));
        _client.Reader.AdvanceTo(waiting.Buffer.Start);
        await _database.ExecuteAsync("DELETE FROM submission WHERE id BETWEEN 150 AND 200");

        var expected = Enumerable.Range(1, 700).Where(id => id is < 150 or > 200).Select(id => (long)id);
        Assert.Equal(expected, Ids(await ReadUntilAsync("\nid: 700\n")));
        await _aborted.CancelAsync();
        await stream;
    }

    [Fact]
    public async Task TheClientReadsTooLittle_TheStreamIsAborted()
    {
        await _feed.StartAsync(default);
        var stream = OpenAsync();
        await ReadUntilAsync("retry");
        await Eventually.HoldsAsync("the stream is live", async _ =>
        {
            await InsertAsync(1);
            return _client.Reader.TryRead(out var read) && Advance(read).Contains("accepted", StringComparison.Ordinal);
        });

        await InsertAsync(1_000);
        await Eventually.HoldsAsync("the stream has ended", _ =>
        {
            _feedTime.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(stream.IsCompletedSuccessfully);
        });
        Assert.True(_aborted.IsCancellationRequested);
    }

    /// <summary>A page opens its connection again if nothing arrives.</summary>
    [Fact]
    public async Task WithoutEvents_ReceivesAPingEvery15Seconds()
    {
        await _feed.StartAsync(default);
        var stream = OpenAsync();
        await ReadUntilAsync("retry");
        for (var ping = 0; ping < 2; ping++)
        {
            await Eventually.HoldsAsync("a ping", _ =>
            {
                _streamTime.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(_client.Reader.TryRead(out var read) && Advance(read) == "event: ping\ndata: {}\n\n");
            });
        }

        await _aborted.CancelAsync();
        await stream;
    }

    [Fact]
    public async Task OpenedDuringAStop_Is503()
    {
        await _feed.StartAsync(default);
        _lifetime.StopApplication();
        await OpenAsync();

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, _context.Response.StatusCode);
        Assert.Equal("2", _context.Response.Headers.RetryAfter);
        Assert.Equal("application/problem+json", _context.Response.ContentType);
    }

    private Task InsertAsync(int rows) =>
        _database.ExecuteAsync($"INSERT INTO submission (index) SELECT 7 FROM generate_series(1, {rows}); NOTIFY fib_event");

    private async Task OpenAsync(long? after = null)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        _context.RequestServices = services;
        _context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_client.Writer.AsStream()));
        _context.Features.Set<IHttpRequestLifetimeFeature>(this);
        if (after is not null)
            _context.Request.Headers["Last-Event-ID"] = after.Value.ToString(CultureInfo.InvariantCulture);
        await EventsApi.OpenAsync(
            _context, new OpenStreams(), _past, _feed, _lifetime, services.GetRequiredService<IProblemDetailsService>(),
            _streamTime, _aborted.Token);
    }

    private async Task<string> ReadUntilAsync(string end)
    {
        using var deadline = new CancellationTokenSource(Eventually.DefaultTimeout);
        var text = "";
        while (!text.Contains(end, StringComparison.Ordinal))
            text += Advance(await _client.Reader.ReadAsync(deadline.Token));
        return text;
    }

    private string Advance(ReadResult read)
    {
        var text = Encoding.UTF8.GetString(read.Buffer);
        _client.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    /// <summary>The ids of events; the first block of a stream has an id without an event.</summary>
    private static IEnumerable<long> Ids(string text) => text[(text.IndexOf("\n\n", StringComparison.Ordinal) + 1)..].Split('\n')
        .Where(line => line.StartsWith("id: ", StringComparison.Ordinal))
        .Select(line => long.Parse(line[4..], CultureInfo.InvariantCulture));
}
