using Fib.Web.Terms;

namespace Fib.Tests.Web.Terms;

public sealed class IndexEntriesTests
{
    public static TheoryData<string, string?, string?> Samples
    {
        get
        {
            var samples = new TheoryData<string, string?, string?>();
            foreach (var (text, indexes, wrong) in EntrySamples.All)
                samples.Add(text, indexes, wrong);
            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Read_Text_GivesItsIndexesOrWhatIsWrong(string text, string? indexes, string? wrong)
    {
        var entries = IndexEntries.Read(text);
        Assert.Equal(wrong, entries.Wrong);
        Assert.Equal(indexes ?? "", string.Join(',', entries.Indexes));
    }

    [Fact]
    public void Read_AThousand_IsTheMost()
    {
        Assert.Equal(IndexEntries.Most, IndexEntries.Read("1-1000").Indexes.Count);
        Assert.Equal(IndexEntries.Most, IndexEntries.Read(string.Join(',', Enumerable.Repeat("7", IndexEntries.Most))).Indexes.Count);
        Assert.NotNull(IndexEntries.Read(string.Join(',', Enumerable.Repeat("7", IndexEntries.Most + 1))).Wrong);
    }
}
