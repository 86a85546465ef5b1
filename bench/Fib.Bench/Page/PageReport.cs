using System.Globalization;

namespace Fib.Bench.Page;

/// <summary>The figures as text.</summary>
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
        | layout shift, the largest | {loads.Max(load => load.Shift):0.0000} | 0 |


        """);

    public static string Crowd(int pages, CrowdFigures figures) => string.Create(CultureInfo.InvariantCulture,
        $"""
        {pages} open pages, each loaded once and with a stream of events; {figures.Served} of them heard of every term:

        | MiB | peak, shared pages included | own pages | goal |
        |---|---|---|---|
        | web | {figures.Web.Peak:0} | {figures.Web.Own:0} | 128 |
        | api | {figures.Api.Peak:0} | {figures.Api.Own:0} | 128 |
        | gateway | {figures.Gateway.Peak:0} | {figures.Gateway.Own:0} | |

        """);

    private static double Median(IReadOnlyList<PageLoad> loads, Func<PageLoad, double> figure) => loads.Select(figure).Order().ElementAt(loads.Count / 2);
}
