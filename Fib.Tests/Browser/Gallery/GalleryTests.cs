using Fib.Tests.Support;

namespace Fib.Tests.Browser.Gallery;

/// <summary>What must be true of every page in every state, in both themes, on a phone and on a desk. ./fib screenshots keeps its pictures.</summary>
[Trait(Category.Name, Category.Browser)]
public sealed class GalleryTests(GalleryFixture gallery) : IClassFixture<GalleryFixture>
{
    private const double MostShift = 0.01;

    private static readonly Dictionary<string, string> SecurityHeaders = new()
    {
        ["content-security-policy"] = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
        ["x-content-type-options"] = "nosniff",
        ["x-frame-options"] = "DENY",
        ["referrer-policy"] = "same-origin",
        ["cross-origin-resource-policy"] = "same-origin",
    };

    private IReadOnlyList<PageReport> Reports
    {
        get
        {
            Assert.SkipWhen(gallery.WhyNot.Length > 0, gallery.WhyNot);
            return gallery.Reports;
        }
    }

    [Fact]
    public void EachPage_HasNoSeriousFindingOfAxe()
    {
        Assert.SkipWhen(Reports.Any(report => report.Findings is null), Axe.WhyMissing);
        Assert.Empty(Reports.SelectMany(report => report.Findings!.Select(finding => $"{report.Name}: {finding}")));
    }

    [Fact]
    public void EachPage_WritesNoErrorOnTheConsole() =>
        Assert.Empty(Reports.SelectMany(report => report.Errors.Select(error => $"{report.Name}: {error}")));

    [Fact]
    public void EachPage_LoadsNothingFromElsewhere() =>
        Assert.Empty(Reports.SelectMany(report => report.Elsewhere.Select(address => $"{report.Name}: {address}")));

    [Fact]
    public void EachPage_StaysWhereItIs() => Assert.Empty(Reports.Where(report => report.Shift > MostShift).Select(report => $"{report.Name}: {report.Shift:0.000}"));

    [Fact]
    public void EachPage_HasTheSecurityHeaders() =>
        Assert.Empty(Reports.SelectMany(report => SecurityHeaders.Where(header => report.Headers.GetValueOrDefault(header.Key) != header.Value)
            .Select(header => $"{report.Name}: {header.Key} is '{report.Headers.GetValueOrDefault(header.Key)}'")));
}
