using System.Globalization;

namespace Fib.Bench.Page;

/// <summary>Formats the measurements as Markdown.</summary>
internal static class PageReport
{
    public static string Loads(IReadOnlyList<PageLoad> loads) => string.Create(CultureInfo.InvariantCulture,
        $"""
        The home page through the gateway, {loads.Count} first loads (median; goal):

        | | median | goal |
        |---|---|---|
        | requests | {Median(loads, load => load.Requests):0} | |
        | transferred, headers included | {Median(loads, load => load.Bytes) / 1000:0.0} kB | 60 kB |
        | first contentful paint | {Median(loads, load => load.FirstPaint):0} ms | 300 ms |
        | largest layout shift | {loads.Max(load => load.Shift):0.0000} | 0 |


        """);

    public static string OpenPages(int pages, OpenPagesResult result) => string.Create(CultureInfo.InvariantCulture,
        $"""
        {pages} open pages, each loaded once and with an open event stream; {result.Complete} of them received every term:

        | MiB | peak, shared pages included | own pages | goal |
        |---|---|---|---|
        | web | {result.Web.Peak:0} | {result.Web.Own:0} | 128 |
        | api | {result.Api.Peak:0} | {result.Api.Own:0} | 128 |
        | gateway | {result.Gateway.Peak:0} | {result.Gateway.Own:0} | |

        """);

    private static double Median(IReadOnlyList<PageLoad> loads, Func<PageLoad, double> figure) =>
        loads.Select(figure).Order().ElementAt(loads.Count / 2);
}
