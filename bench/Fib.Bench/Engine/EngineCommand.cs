using System.Globalization;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>
/// engine [table|threads|smooth|first|rounding|plot] [--out FILE] [INDEX...]
/// The environment selects the vector width: DOTNET_EnableAVX512=0 measures the AVX2 kernels, DOTNET_EnableAVX2=0 the portable ones.
/// </summary>
internal static class EngineCommand
{
    private static readonly int[] Decades = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    public static int Run(string[] args)
    {
        var words = args.ToList();
        string? file = null;
        if (words.IndexOf("--out") is >= 0 and var at)
        {
            file = words[at + 1];
            words.RemoveRange(at, 2);
        }
        var verb = words.FirstOrDefault(word => !char.IsDigit(word[0])) ?? "table";
        int[] indexes =
            [.. words.Where(word => char.IsDigit(word[0])).Select(word => (int)double.Parse(word, CultureInfo.InvariantCulture))];
        TermEngine.ChooseKernels();
        Write(file, verb switch
        {
            "table" => EngineReport.Table(indexes is [] ? Decades : indexes),
            "threads" => EngineReport.Threads(indexes is [] ? Decades : indexes),
            "smooth" => EngineReport.Smoothness(),
            "first" => EngineReport.FirstCall(indexes is [] ? 1_000_000 : indexes[0]),
            "rounding" => EngineReport.Rounding(indexes is [] ? [.. Decades, TermEngine.MaxIndex] : indexes),
            "plot" => EnginePlot.Draw(),
            _ => $"unknown verb {verb}",
        });
        return 0;
    }

    private static void Write(string? file, string text)
    {
        if (file is null)
            Console.Out.Write(text);
        else
            File.WriteAllText(file, text);
    }
}
