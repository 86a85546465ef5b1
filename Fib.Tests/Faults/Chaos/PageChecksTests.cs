using Fib.Chaos.Load;
using Fib.Chaos.Report;

namespace Fib.Tests.Faults.Chaos;

public sealed class PageChecksTests
{
    private static readonly PageResponse[] Valid =
        [new("/", "200", false), new("/", "503", false), new("/terms/7", "connection broken", false), new("/", "200", false)];

    [Fact]
    public void Read_NoFailure_HoldsAndCounts()
    {
        var lines = PageChecks.Read(Valid).ToArray();
        Assert.Equal(new ReportLine("500 or a stack trace, of 4 pages", "0", true), lines[0]);
        Assert.Equal(new ReportLine("pages by status", "200: 2, 503: 1, connection broken: 1", null), lines[1]);
    }

    [Fact]
    public void Read_InternalErrorOrStackTrace_DoesNotHold()
    {
        var line = PageChecks.Read([.. Valid, new("/terms/7", "500", false), new("/", "200", true), new("/", "200", true)]).First();
        Assert.Equal(new ReportLine("500 or a stack trace, of 7 pages", "3: /terms/7 (500), / (200, with a stack trace)", false), line);
    }

    [Theory]
    [InlineData("<pre>\n   at Fib.Web.Pages.Load(String path)\n</pre>")]
    [InlineData("System.InvalidOperationException: no")]
    [InlineData("in Program.cs:line 12")]
    public void HasStackTrace_DotNetStackTrace_IsTrue(string text) => Assert.True(PageReader.HasStackTrace(text));

    [Theory]
    [InlineData("<p>Look at F(7), at 12:30 (UTC).</p>")]
    [InlineData("<p>The exception proves the rule.</p>")]
    public void HasStackTrace_PageText_IsFalse(string text) => Assert.False(PageReader.HasStackTrace(text));
}
