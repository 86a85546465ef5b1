using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;

namespace StandIns.Tests.Sockets;

public sealed class SequenceTests : IDisposable
{
    private readonly Arena<int> _arena = new();

    public void Dispose() => _arena.Dispose();

    [Fact]
    public void Default_IsEmptyOfAnyType()
    {
        var sequence = default(Sequence).Cast<string>();

        Assert.True(sequence.IsEmpty && sequence.IsSingleSegment && sequence.Length == 0 && default(Sequence).Length == 0);
        Assert.False(sequence.GetEnumerator().MoveNext());
        Assert.False(sequence.Spans.GetEnumerator().MoveNext());
        Assert.Empty(sequence.ToArray((in string value) => value));
        Assert.True(sequence.FirstSpan.IsEmpty);
    }

    [Fact]
    public void Cast_OfUntyped_IsTheSameMemory()
    {
        var sequence = Numbers(5);

        sequence.Untyped().Cast<int>()[2] = 42;

        Assert.Equal(42, sequence[2]);
        Assert.Equal(5, sequence.Untyped().Length);
        Assert.Throws<InvalidCastException>(() => sequence.Untyped().Cast<long>());
    }

    [Fact]
    public void Elements_AreReachedByReference()
    {
        var sequence = Numbers(3);
        var enumerator = sequence.GetEnumerator();
        enumerator.GetNext() = 10;
        enumerator.MoveNext();
        enumerator.Current = 11;
        sequence[2] = 12;

        Assert.Equal([10, 11, 12], sequence.FirstSpan.ToArray());
    }

    [Fact]
    public void Elements_BeyondTheEnd_AreRefused()
    {
        _ = Numbers(3);
        var sequence = Numbers(3);
        _ = Numbers(3);

        Assert.Throws<IndexOutOfRangeException>(() => sequence[3]);
        Assert.Throws<IndexOutOfRangeException>(() => sequence[-1]);
        Assert.Throws<IndexOutOfRangeException>(() =>
        {
            var enumerator = sequence.GetEnumerator();
            for (var i = 0; i < 4; i++) enumerator.GetNext();
        });
    }

    [Fact]
    public void Enumerating_GoesOverAllElementsInOrder()
    {
        List<int> elements = [], inSpans = [];
        foreach (var element in Numbers(100)) elements.Add(element);
        foreach (var span in Numbers(100).Spans) inSpans.AddRange(span);

        Assert.Equal(Enumerable.Range(0, 100), elements);
        Assert.Equal(elements, inSpans);
    }

    [Fact]
    public void Projections_AreAppliedToEveryElement()
    {
        var sequence = Numbers(3);
        var target = new string[4];
        sequence.CopyTo(target, (in int value) => $"{value}");

        Assert.Equal("0,1,2,", string.Join(',', target));
        Assert.Equal([0L, 2, 4], sequence.ToArray((in int value) => value * 2L));
        Assert.Equal([7, 8, 9], sequence.ToArray((in int value, in int state) => value + state, 7));
        Assert.Throws<ArgumentException>(() => sequence.CopyTo(new long[2], (in int value) => value));
    }

    [Fact]
    public void Delegates_AreLookedIntoWithoutAllocating()
    {
        var calls = new List<int>();
        Action first = () => calls.Add(1), both = first + (() => calls.Add(2));
        foreach (var single in both.AsEnumerable()) single();
        foreach (var none in ((Action?)null).AsEnumerable()) none();

        Assert.Equal([1, 2], calls);
        Assert.True(first.IsSingle());
        Assert.False(both.IsSingle());
    }

    private Sequence<int> Numbers(int count)
    {
        var sequence = _arena.Allocate(count);
        for (var i = 0; i < count; i++) sequence[i] = i;
        return sequence;
    }
}
