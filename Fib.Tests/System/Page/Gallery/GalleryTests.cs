using Fib.Tests.Support;

namespace Fib.Tests.System.Page.Gallery;

/// <summary>
/// Tests of every page in every state, in both themes, in the size of a phone and of a desktop. ./fib screenshots keeps the screenshots.
/// </summary>
[Trait(Category.Name, Category.Browser)]
public sealed class GalleryTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    private const double MaxShift = 0.01;

    private static readonly Dictionary<string, string> SecurityHeaders = new()
    {
        ["content-security-policy"] =
            "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
        ["x-content-type-options"] = "nosniff",
        ["x-frame-options"] = "DENY",
        ["referrer-policy"] = "same-origin",
        ["cross-origin-resource-policy"] = "same-origin",
    };

    private IReadOnlyList<ScreenshotReport> Reports
    {
        get
        {
            Assert.SkipWhen(gallery.SkipReason.Length > 0, gallery.SkipReason);
            return gallery.Reports;
        }
    }

    [Fact]
    public void EachPage_HasNoSeriousAxeFinding()
    {
        Assert.SkipWhen(Reports.Any(report => report.Findings is null), Axe.MissingReason);
        Assert.Empty(Reports.SelectMany(report => report.Findings!.Select(finding => $"{report.Name}: {finding}")));
    }

    [Fact]
    public void EachPage_WritesNoErrorToTheConsole() =>
        Assert.Empty(Reports.SelectMany(report => report.Errors.Select(error => $"{report.Name}: {error}")));

    [Fact]
    public void EachPage_LoadsNothingFromOtherOrigins() =>
        Assert.Empty(Reports.SelectMany(report => report.External.Select(address => $"{report.Name}: {address}")));

    [Fact]
    public void EachPage_HasNoLayoutShift() =>
        Assert.Empty(Reports.Where(report => report.Shift > MaxShift).Select(report => $"{report.Name}: {report.Shift:0.000}"));

    [Fact]
    public void EachPage_HasTheSecurityHeaders() =>
        Assert.Empty(Reports.SelectMany(report => SecurityHeaders
            .Where(header => report.Headers.GetValueOrDefault(header.Key) != header.Value)
            .Select(header => $"{report.Name}: {header.Key} is '{report.Headers.GetValueOrDefault(header.Key)}'")));
}
