using System.Runtime.InteropServices;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>Describes the machine and the runtime of a measurement, in one line.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} cores, {TermEngine.Kernels}, {RuntimeInformation.FrameworkDescription}, "
        + $"GMP {Gmp.Version}, {LargeObjects()}.";

    private static string LargeObjects() =>
        $"large objects from {AppContext.GetData("System.GC.LOHThreshold") ?? "85000"} bytes";

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        if (!File.Exists(Source))
            return RuntimeInformation.ProcessArchitecture.ToString();
        var fields = File.ReadLines(Source).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim()).ToDictionary(group => group.Key, group => group.First()[1].Trim());
        return $"{fields.GetValueOrDefault("model name")} "
            + $"(family {fields.GetValueOrDefault("cpu family")}, model {fields.GetValueOrDefault("model")})";
    }
}
