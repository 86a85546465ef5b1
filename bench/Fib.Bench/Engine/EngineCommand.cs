using System.Globalization;
using Fib.Core.Sequence;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Engine;

/// <summary>
/// engine [table|threads|smooth|first|rounding|plot] [--out FILE] [INDEX...]
/// The environment selects the vector width: DOTNET_EnableAVX512=0 measures the AVX2 kernels, DOTNET_EnableAVX2=0 the portable ones.
/// </summary>
internal static class EngineCommand
{
    private static readonly int[] Decades = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new CommandOptions(args);
        var verb = options.Words.FirstOrDefault(word => !char.IsDigit(word[0])) ?? "table";
        int[] indexes = [.. options.Words.Where(word => word != verb).Select(ReadIndex)];
        // A trial would warm up what "first" measures.
        if (verb != "first")
            TermEngine.ChooseKernels();
        await options.WriteAsync(verb switch
        {
            "table" => EngineReport.Table(indexes is [] ? Decades : indexes),
            "threads" => EngineReport.Threads(indexes is [] ? Decades : indexes),
            "smooth" => EngineReport.Smoothness(),
            "first" => EngineReport.FirstCall(indexes is [] ? 1_000_000 : indexes[0]),
            "rounding" => EngineReport.Rounding(indexes is [] ? [.. Decades, TermEngine.MaxIndex] : indexes),
            "plot" => EnginePlot.Draw(),
            _ => throw new WrongUsageException($"'{verb}' is not table, threads, smooth, first, rounding or plot."),
        });
        return 0;
    }

    /// <summary>Also in the form 1e6.</summary>
    private static int ReadIndex(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var index) && index is >= 0 and <= TermEngine.MaxIndex
            ? (int)index
            : throw new WrongUsageException($"'{text}' is not an index from 0 to {TermEngine.MaxIndex}.");
}
