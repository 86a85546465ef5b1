using Fib.Chaos.Ledger;
using Fib.Chaos.Load;

namespace Fib.Tests.Chaos;

public sealed class PageLinesTests
{
    private static readonly PageVisit[] Right = [new("/", "200", false), new("/", "503", false), new("/terms/7", "broken off", false), new("/", "200", false)];

    [Fact]
    public void Read_NothingIsWrong_IsCleanAndCounts()
    {
        var lines = PageLines.Read(Right).ToArray();
        Assert.Equal(new LedgerLine("4 pages, 500 or with a stack trace", "0", true), lines[0]);
        Assert.Equal(new LedgerLine("pages", "200: 2, 503: 1, broken off: 1", null), lines[1]);
    }

    [Fact]
    public void Read_AFaultOrAStackTrace_IsWrong()
    {
        var line = PageLines.Read([.. Right, new("/terms/7", "500", false), new("/", "200", true), new("/", "200", true)]).First();
        Assert.Equal(new LedgerLine("7 pages, 500 or with a stack trace", "3: /terms/7 (500), / (200, with a stack trace)", false), line);
    }

    [Theory]
    [InlineData("<pre>\n   at Fib.Web.Pages.Load(String path)\n</pre>")]
    [InlineData("System.InvalidOperationException: no")]
    [InlineData("in Program.cs:line 12")]
    public void HasStackTrace_OfDotNet_IsFound(string text) => Assert.True(PageReader.HasStackTrace(text));

    [Theory]
    [InlineData("<p>Look at F(7), at 12:30 (UTC).</p>")]
    [InlineData("<p>The exception proves the rule.</p>")]
    public void HasStackTrace_OfAPage_IsNot(string text) => Assert.False(PageReader.HasStackTrace(text));
}
