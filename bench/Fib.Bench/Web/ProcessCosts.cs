using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>What processes and their children cost, as <c>/proc</c> counts it.</summary>
internal static class ProcessCosts
{
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>Processor time so far, in microseconds, by the process's name.</summary>
    public static IReadOnlyDictionary<string, double> ReadTimes(IEnumerable<LocalProcess> processes) =>
        processes.Where(process => process.IsRunning).ToDictionary(process => process.Name, process => Family(process).Sum(ReadTime));

    /// <summary>The most memory each had at once since <see cref="ForgetPeaks"/>, in MiB; of a family, that of its largest member.</summary>
    public static IReadOnlyDictionary<string, double> ReadPeaks(IEnumerable<LocalProcess> processes) =>
        processes.Where(process => process.IsRunning).ToDictionary(process => process.Name, process => Family(process).Max(ReadPeak));

    public static void ForgetPeaks(IEnumerable<LocalProcess> processes)
    {
        foreach (var id in processes.Where(process => process.IsRunning).SelectMany(Family))
            File.WriteAllText(Path(id, "clear_refs"), "5");
    }

    private static IEnumerable<int> Family(LocalProcess process) => ProcessTree.ChildrenOf(process.Id).Append(process.Id);

    /// <summary>With that of children which have ended: a server's connections come and go.</summary>
    private static double ReadTime(int id)
    {
        try
        {
            var fields = File.ReadAllText(Path(id, "stat")).Split(')')[^1].Split(' ');
            return fields[12..16].Sum(Number) * MicrosecondsPerTick;
        }
        catch (IOException)
        {
            // It has just ended, and now counts with its parent.
            return 0;
        }
    }

    private static double ReadPeak(int id) =>
        Number(File.ReadLines(Path(id, "status")).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Path(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");
}
