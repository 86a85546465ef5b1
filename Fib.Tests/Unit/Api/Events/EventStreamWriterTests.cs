using System.IO.Pipelines;
using Fib.Api.Events;
using Fib.LocalSystem.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Fib.Tests.Unit.Api.Events;

/// <summary>An event stream waits for a client that is behind, for a limited time.</summary>
public sealed class EventStreamWriterTests
{
    private static readonly SequenceEvent Event = new(1, "computed", new string('1', 16 * 1024));

    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _connection = new(new PipeOptions(pauseWriterThreshold: 8 * 1024, resumeWriterThreshold: 4 * 1024));
    private readonly EventStreamWriter _stream;

    public EventStreamWriterTests() => _stream = new EventStreamWriter(_connection.Writer, _time);

    [Fact]
    public async Task Write_TheClientReceivesNothing_Throws()
    {
        var written = _stream.WriteAsync(Event, TestContext.Current.CancellationToken).AsTask();

        _time.Advance(EventStreamWriter.MaxWait);

        await Assert.ThrowsAsync<SlowClientException>(
            () => written.WaitAsync(Eventually.DefaultTimeout, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_TheClientReceivesLate_Continues()
    {
        var written = _stream.WriteAsync(Event, TestContext.Current.CancellationToken).AsTask();
        _time.Advance(EventStreamWriter.MaxWait - TimeSpan.FromMilliseconds(1));
        Assert.False(written.IsCompleted);

        var received = await _connection.Reader.ReadAsync(TestContext.Current.CancellationToken);
        _connection.Reader.AdvanceTo(received.Buffer.End);

        await written;
    }
}
