using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Tests.Unit.Redis.Backlog;

public sealed class BacklogEntryTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, 123, TimeSpan.Zero).AddMicroseconds(456);

    [Theory]
    [InlineData(Trace, true)]
    [InlineData(null, true)]
    [InlineData(Trace, false)]
    public void Read_FieldsOfToFields_ReturnsTheSameEntry(string? trace, bool hasTime)
    {
        var entry = new BacklogEntry(new SequenceIndex(42), hasTime ? At : null, trace);
        Assert.Equal(entry, BacklogEntry.Read(new Dictionary<string, string>(entry.ToFields())));
    }

    [Fact]
    public void ToFields_IndexTimeAndTrace_HasTheFieldsOfTheStream() =>
        Assert.Equal(
            new Dictionary<string, string> { ["index"] = "42", ["queuedAt"] = "1795176000123456", ["traceparent"] = Trace },
            new Dictionary<string, string>(new BacklogEntry(new SequenceIndex(42), At, Trace).ToFields()));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("9999999999999999999")]
    public void Read_AMalformedTime_IsIgnored(string queuedAt) =>
        Assert.Equal(
            new BacklogEntry(new SequenceIndex(7), null, null),
            BacklogEntry.Read(new Dictionary<string, string> { ["index"] = "7", ["queuedAt"] = queuedAt }));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("100000001")]
    public void Read_AnInvalidIndex_ReturnsNull(string index) =>
        Assert.Null(BacklogEntry.Read(new Dictionary<string, string> { ["index"] = index }));

    [Fact]
    public void Read_WithoutAnIndex_ReturnsNull() =>
        Assert.Null(BacklogEntry.Read(new Dictionary<string, string> { ["number"] = "7" }));

    [Fact]
    public void Read_FieldsOfALaterVersion_AreIgnored() =>
        Assert.Equal(
            new BacklogEntry(new SequenceIndex(7), null, null),
            BacklogEntry.Read(new Dictionary<string, string> { ["index"] = "7", ["later"] = "x" }));
}
