using System.Text;
using Fib.Core.Contracts;
using Fib.Core.Sequence;

namespace Fib.Tests.Unit.Core.Contracts;

public sealed class SubmissionParserTests
{
    private readonly SubmissionParser _parser = new(maximum: 1000);

    [Theory]
    [InlineData("""{"index":7}""", 7)]
    [InlineData("""{"index":"7"}""", 7)]
    [InlineData("""{"index":" 0042\t"}""", 42)]
    [InlineData("""{"index":"\u0037"}""", 7)]
    [InlineData("""{"\u0069ndex":7}""", 7)]
    [InlineData("""{"index":0}""", 0)]
    [InlineData("""{"index":1000}""", 1000)]
    [InlineData("""{"other":{"index":1},"index":7,"more":[1,2]}""", 7)]
    [InlineData(" \n{ \"index\" : 7 } \n", 7)]
    public void ReadIndex_OneWholeNumber_IsAccepted(string body, int value)
    {
        Assert.Equal(IndexVerdict.Accepted, Read(body, out var index));
        Assert.Equal(value, index.Value);
    }

    [Theory]
    [InlineData("""{"index":1001}""")]
    [InlineData("""{"index":"1001"}""")]
    [InlineData("""{"index":123456789012345678901234567890123456789012345678901234567890}""")]
    public void ReadIndex_AboveTheMaximum_IsTooHigh(string body) => Assert.Equal(IndexVerdict.TooHigh, Read(body, out _));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"7\"")]
    [InlineData("""[{"index":7}]""")]
    [InlineData("""{"Index":7}""")]
    [InlineData("""{"index":null}""")]
    [InlineData("""{"index":true}""")]
    [InlineData("""{"index":[7]}""")]
    [InlineData("""{"index":{"index":7}}""")]
    [InlineData("""{"index":7.0}""")]
    [InlineData("""{"index":7e0}""")]
    [InlineData("""{"index":-7}""")]
    [InlineData("""{"index":"\u0667"}""")]
    [InlineData("""{"index":7,"index":7}""")]
    [InlineData("""{"index":7,"index":8}""")]
    [InlineData("""{"index":null,"index":8}""")]
    public void ReadIndex_AnythingElse_IsNotAWholeNumber(string body) => Assert.Equal(IndexVerdict.NotAWholeNumber, Read(body, out _));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"index":7""")]
    [InlineData("""{"index":7}x""")]
    [InlineData("""{"index":7}{"index":8}""")]
    [InlineData("""{"index":7,}""")]
    [InlineData("""{'index':7}""")]
    [InlineData("""{"index":07}""")]
    [InlineData("""{"index":+7}""")]
    [InlineData("""{"index":NaN}""")]
    [InlineData("""{"index":7/*seven*/}""")]
    [InlineData("[1")]
    [InlineData("""{"index":"\ud800"}""")]
    public void ReadIndex_NoJson_IsNull(string body) => Assert.Null(Read(body, out _));

    [Fact]
    public void ReadIndex_DeeplyNested_IsNull() => Assert.Null(Read(string.Concat(Enumerable.Repeat("[", 50_000)), out _));

    [Fact]
    public void ReadBatch_Entries_EachHasAResultInOrder() =>
        Assert.Equal(
            [
                new BatchResult(5, true, null), new BatchResult(10, true, null), new BatchResult(5, true, null),
                new BatchResult(1000, true, null),
                new BatchResult(1001, false, "Index too high"), new BatchResult(2_147_483_647, false, "Index too high"),
                new BatchResult(null, false, "Index too high"),
            ],
            ReadBatch("""{"indexes":[5," 010\t",5,1000,1001,"2147483647",2147483648]}"""));

    [Theory]
    [InlineData("-1")]
    [InlineData("7.0")]
    [InlineData("7e0")]
    [InlineData("\"seven\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[7]")]
    [InlineData("""{"index":7}""")]
    public void ReadBatch_AnEntryThatIsNoIndex_IsRejectedAlone(string entry) =>
        Assert.Equal(
            [new BatchResult(7, true, null), new BatchResult(null, false, SubmissionRules.NotAWholeNumber), new BatchResult(8, true, null)],
            ReadBatch("""{"other":[1],"indexes":[7,""" + entry + """,8],"more":{}}"""));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[7]")]
    [InlineData("{}")]
    [InlineData("""{"index":7}""")]
    [InlineData("""{"indexes":7}""")]
    [InlineData("""{"indexes":null}""")]
    [InlineData("""{"indexes":[]}""")]
    [InlineData("""{"indexes":[7],"indexes":[8]}""")]
    [InlineData("""{"indexes":[7]""")]
    [InlineData("""{"indexes":[7]} 8""")]
    [InlineData("""{"indexes":["\ud800"]}""")]
    public void ReadBatch_AnotherShape_IsNull(string body) => Assert.Null(ReadBatch(body));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    [InlineData(20_000, false)]
    public void ReadBatch_OneToAThousandEntries_AreRead(int entries, bool read) =>
        Assert.Equal(read, ReadBatch($$"""{"indexes":[{{string.Join(',', Enumerable.Repeat("7", entries))}}]}""")?.Count == entries);

    private IndexVerdict? Read(string body, out SequenceIndex index) => _parser.ReadIndex(Encoding.UTF8.GetBytes(body), out index);

    private IReadOnlyList<BatchResult>? ReadBatch(string body) => _parser.ReadBatch(Encoding.UTF8.GetBytes(body));
}
