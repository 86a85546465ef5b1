using System.Text;
using System.Text.Json;
using Fib.Api.Terms;
using Fib.Core.Sequence;

namespace Fib.Tests.Api.Terms;

public sealed class IndexReaderTests
{
    private readonly IndexReader _reader = new(maximum: 1000);

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
    public void Read_OneWholeNumber_IsAccepted(string body, int value)
    {
        Assert.Equal(IndexVerdict.Accepted, Read(body, out var index));
        Assert.Equal(value, index.Value);
    }

    [Theory]
    [InlineData("""{"index":1001}""")]
    [InlineData("""{"index":"1001"}""")]
    [InlineData("""{"index":123456789012345678901234567890123456789012345678901234567890}""")]
    public void Read_AboveTheMaximum_IsTooHigh(string body) => Assert.Equal(IndexVerdict.TooHigh, Read(body, out _));

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
    public void Read_AnythingElse_IsNotAWholeNumber(string body) => Assert.Equal(IndexVerdict.NotAWholeNumber, Read(body, out _));

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
    public void Read_NoJson_Throws(string body) => Assert.ThrowsAny<JsonException>(() => Read(body, out _));

    [Fact]
    public void Read_DeeplyNested_IsRefusedWithoutHarm()
    {
        var body = string.Concat(Enumerable.Repeat("[", 50_000));
        Assert.ThrowsAny<JsonException>(() => Read(body, out _));
    }

    private IndexVerdict Read(string body, out SequenceIndex index) => _reader.Read(Encoding.UTF8.GetBytes(body), out index);
}
