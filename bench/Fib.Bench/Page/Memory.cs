using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Page;

/// <summary>What a process takes, as <c>/proc</c> counts it.</summary>
internal static class Memory
{
    /// <summary>The most resident memory that the largest of a process and its children had at once, in MiB.</summary>
    public static double ReadPeak(LocalProcess process) => ProcessTree.ChildrenOf(process.Id).Append(process.Id).Max(ReadPeak);

    private static double ReadPeak(int id) =>
        double.Parse(
            File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status")).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
}
