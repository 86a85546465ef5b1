using Fib.Core.Sequence;
using Fib.Redis.Backlog;

namespace Fib.Tests.Unit.Redis.Backlog;

public sealed class DeadLetterTests
{
    [Fact]
    public void ToFields_ADeadLetter_HasTheFieldsOfTheStream()
    {
        var deadLetter = DeadLetter.Create(
            new Dictionary<string, string> { ["index"] = "7", ["more"] = "x" }, new SequenceIndex(7), "It failed.", 5, "fib:backlog");
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["index"] = "7", ["reason"] = "It failed.", ["deliveries"] = "5", ["stream"] = "fib:backlog", ["entry"] = "index=7 more=x",
            },
            new Dictionary<string, string>(deadLetter.ToFields()));
        Assert.Equal(new SequenceIndex(7), DeadLetter.ReadIndex(new Dictionary<string, string>(deadLetter.ToFields())));
    }

    [Fact]
    public void Create_ALongEntryWithoutAnIndex_IsTruncatedAndHasNoIndex()
    {
        var deadLetter = DeadLetter.Create(
            new Dictionary<string, string> { ["index"] = new('x', 5_000) }, null, "It holds no index.", 1, "fib:backlog");
        Assert.Equal(1_000, deadLetter.Entry.Length);
        Assert.Null(DeadLetter.ReadIndex(new Dictionary<string, string>(deadLetter.ToFields())));
    }
}
