using Fib.Core.Backlog;
using Fib.Core.Sequence;

namespace Fib.Tests.Core.Backlog;

public sealed class BacklogEntryTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Theory]
    [InlineData(Trace)]
    [InlineData(null)]
    public void Read_WhatToFieldsWrote_IsTheSame(string? trace)
    {
        var entry = new BacklogEntry(new SequenceIndex(42), trace);
        Assert.Equal(entry, BacklogEntry.Read(new Dictionary<string, string>(entry.ToFields())));
    }

    [Fact]
    public void ToFields_IndexAndTrace_AreTheNamesOnTheWire() =>
        Assert.Equal(
            new Dictionary<string, string> { ["index"] = "42", ["traceparent"] = Trace },
            new Dictionary<string, string>(new BacklogEntry(new SequenceIndex(42), Trace).ToFields()));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("seven")]
    [InlineData("100000001")]
    public void Read_NoIndexThatCouldBeComputed_IsNull(string index) =>
        Assert.Null(BacklogEntry.Read(new Dictionary<string, string> { ["index"] = index }));

    [Fact]
    public void Read_NoIndexAtAll_IsNull() =>
        Assert.Null(BacklogEntry.Read(new Dictionary<string, string> { ["number"] = "7" }));

    [Fact]
    public void Read_FieldsOfALaterVersion_AreLeftAlone() =>
        Assert.Equal(
            new BacklogEntry(new SequenceIndex(7), null),
            BacklogEntry.Read(new Dictionary<string, string> { ["index"] = "7", ["later"] = "x" }));
}
