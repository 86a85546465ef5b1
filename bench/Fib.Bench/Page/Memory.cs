using System.Globalization;
using Fib.LocalSystem.Processes;

namespace Fib.Bench.Page;

/// <summary>What processes take, as <c>/proc</c> counts it.</summary>
internal static class Memory
{
    /// <summary>Of a process or the one child that does its work: the larger counts.</summary>
    public static MemoryFigure Read(LocalProcess process) =>
        ProcessTree.ChildrenOf(process.Id).Append(process.Id).Select(id => new MemoryFigure(Read(id, "VmHWM:"), Read(id, "RssAnon:"))).MaxBy(figure => figure.Peak)!;

    private static double Read(int id, string field) =>
        double.Parse(
            File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/status")).First(line => line.StartsWith(field, StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
}
