using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Web;

/// <summary>Reads the processor time and the memory of processes and their children from <c>/proc</c>.</summary>
internal static class ProcessCosts
{
    private const double MicrosecondsPerTick = 10_000;

    /// <summary>The processor time so far in microseconds, by process name.</summary>
    public static IReadOnlyDictionary<string, double> ReadTimes(IEnumerable<LocalProcess> processes) =>
        processes.Where(process => process.IsRunning).ToDictionary(process => process.Name, process => WithChildren(process).Sum(ReadTime));

    /// <summary>
    /// The peak memory since <see cref="ResetPeaks"/> in MiB, by process name: that of the process or of its largest child.
    /// </summary>
    public static IReadOnlyDictionary<string, double> ReadPeaks(IEnumerable<LocalProcess> processes) =>
        processes.Where(process => process.IsRunning).ToDictionary(
            process => process.Name, process => WithChildren(process).Max(id => ProcessTree.ReadMebibytes(id, "VmHWM:")));

    public static void ResetPeaks(IEnumerable<LocalProcess> processes)
    {
        foreach (var id in processes.Where(process => process.IsRunning).SelectMany(WithChildren))
        {
            try
            {
                File.WriteAllText(Path(id, "clear_refs"), "5");
            }
            catch (IOException)
            {
                // The process has just ended, such as that of a closed connection.
            }
        }
    }

    private static IEnumerable<int> WithChildren(LocalProcess process) => ProcessTree.ChildrenOf(process.Id).Append(process.Id);

    /// <summary>Includes the time of ended children, such as the processes of closed connections.</summary>
    private static double ReadTime(int id)
    {
        try
        {
            var fields = File.ReadAllText(Path(id, "stat")).Split(')')[^1].Split(' ');
            return fields[12..16].Sum(Number) * MicrosecondsPerTick;
        }
        catch (IOException)
        {
            // The process has just ended; its time is now part of that of its parent.
            return 0;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Path(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");
}
