using System.Globalization;
using System.Text;
using Fib.Api.Listings;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.Api.Listings;

public sealed class ChunkedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task Take_AfterAnyLength_HasAllOfIt(int length)
    {
        var text = new ChunkedBuffer();
        text.Append(Encoding.ASCII.GetBytes(Digits(length)));
        Assert.Equal(length, text.Length);
        Assert.Equal(Digits(length), await new TextSnapshot(text).ReadAsync());
    }

    [Fact]
    public async Task Take_ThenAppend_StaysAsItWas()
    {
        var text = new ChunkedBuffer();
        var taken = new List<TextSnapshot>();
        for (var length = 0; length < 140_000; length += 7_000)
        {
            taken.Add(new TextSnapshot(text));
            text.Append(Encoding.ASCII.GetBytes(Digits(140_000).Substring(length, 7_000)));
        }

        for (var i = 0; i < taken.Count; i++)
            Assert.Equal(Digits(140_000)[..(i * 7_000)], await taken[i].ReadAsync());
    }

    private static string Digits(int length) =>
        string.Concat(Enumerable.Range(0, (length / 6) + 1).Select(n => n.ToString("000000", CultureInfo.InvariantCulture)))[..length];
}
