using System.Text;
using Fib.Api.Terms;

namespace Fib.Tests.Api.Terms;

public sealed class BatchReaderTests
{
    private readonly BatchReader _reader = new(new IndexReader(maximum: 1000));

    [Fact]
    public void Read_Entries_EachHasItsResultInItsPlace() =>
        Assert.Equal(
            [
                new BatchResult(5, true, null), new BatchResult(10, true, null), new BatchResult(5, true, null), new BatchResult(1000, true, null),
                new BatchResult(1001, false, "Index too high"), new BatchResult(2_147_483_647, false, "Index too high"), new BatchResult(null, false, "Index too high"),
            ],
            Read("""{"indexes":[5," 010\t",5,1000,1001,"2147483647",2147483648]}"""));

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
    public void Read_AnEntryThatIsNoIndex_IsRefusedByItself(string entry) =>
        Assert.Equal(
            [new BatchResult(7, true, null), new BatchResult(null, false, SubmissionRequest.NotAWholeNumber), new BatchResult(8, true, null)],
            Read("""{"other":[1],"indexes":[7,""" + entry + """,8],"more":{}}"""));

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
    public void Read_AnotherShape_IsNull(string body) => Assert.Null(Read(body));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    [InlineData(20_000, false)]
    public void Read_OneToAThousandEntries_AreRead(int entries, bool read) =>
        Assert.Equal(read, Read($$"""{"indexes":[{{string.Join(',', Enumerable.Repeat("7", entries))}}]}""")?.Count == entries);

    private IReadOnlyList<BatchResult>? Read(string body) => _reader.Read(Encoding.UTF8.GetBytes(body));
}
