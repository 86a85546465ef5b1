using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Tests.Unit.Redis.Backlog;

public sealed class OutcomeEntryTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, 123, TimeSpan.Zero).AddMicroseconds(456);
    private static readonly StageTimes Times = new(At.AddMilliseconds(-2), At.AddMilliseconds(-1), At);

    public static TheoryData<string, string?, string?> Outcomes => new()
    {
        { "13", null, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" },
        { "13", null, null },
        { "", "The worker's maximum index is 5.", null },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Read_FieldsOfToFields_ReturnsTheSameEntry(string preview, string? reason, string? trace)
    {
        var entry = new OutcomeEntry(new SequenceIndex(7), preview.Length, preview, reason, Times, trace);
        Assert.Equal(entry, OutcomeEntry.Read(new Dictionary<string, string>(entry.ToFields())));
    }

    [Theory]
    [InlineData("index", "x")]
    [InlineData("digits", "x")]
    [InlineData("digits", "-1")]
    [InlineData("computedAt", "x")]
    public void Read_AFieldMissingOrMalformed_ReturnsNull(string field, string malformed)
    {
        var fields = new Dictionary<string, string>(new OutcomeEntry(new SequenceIndex(7), 2, "13", null, Times, null).ToFields());
        fields[field] = malformed;
        Assert.Null(OutcomeEntry.Read(fields));
        fields.Remove(field);
        Assert.Null(OutcomeEntry.Read(fields));
    }
}
