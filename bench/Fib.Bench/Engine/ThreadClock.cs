using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Fib.Bench.Engine;

/// <summary>
/// Measures the processor time of the calling thread, which excludes other load of the machine; wall-clock time if the system is not
/// Linux.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    public static double Milliseconds(Action action, int repeat)
    {
        var start = Now();
        for (var i = 0; i < repeat; i++)
            action();
        return (Now() - start) / repeat;
    }

    private static double Now()
    {
        if (!OperatingSystem.IsLinux())
            return Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;
        GetTime(ThreadProcessorTime, out var time);
        return time.Seconds * 1e3 + time.Nanoseconds * 1e-6;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Time
    {
        public readonly long Seconds, Nanoseconds;
    }
}
