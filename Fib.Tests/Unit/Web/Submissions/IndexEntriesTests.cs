using Fib.Web.Submissions;

namespace Fib.Tests.Unit.Web.Submissions;

public sealed class IndexEntriesTests
{
    public static TheoryData<string, string?, string?> Samples
    {
        get
        {
            var samples = new TheoryData<string, string?, string?>();
            foreach (var (text, indexes, error) in EntrySamples.All)
                samples.Add(text, indexes, error);
            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Parse_Text_ReturnsItsIndexesOrTheError(string text, string? indexes, string? error)
    {
        var entries = IndexEntries.Parse(text);
        Assert.Equal(error, entries.Error);
        Assert.Equal(indexes ?? "", string.Join(',', entries.Indexes));
    }

    [Fact]
    public void Parse_AThousand_IsTheMaximum()
    {
        Assert.Equal(IndexEntries.Max, IndexEntries.Parse("1-1000").Indexes.Count);
        Assert.Equal(IndexEntries.Max, IndexEntries.Parse(string.Join(',', Enumerable.Repeat("7", IndexEntries.Max))).Indexes.Count);
        Assert.NotNull(IndexEntries.Parse(string.Join(',', Enumerable.Repeat("7", IndexEntries.Max + 1))).Error);
    }
}
