using System.Runtime.InteropServices;

namespace Fib.LocalSystem.Processes;

/// <summary>POSIX signals to a process, by their numbers on Linux.</summary>
internal static partial class Signals
{
    /// <summary>Asks for an end at once: PostgreSQL's fast shutdown.</summary>
    public const int Interrupt = 2;

    /// <summary>Ends it, asked or not.</summary>
    public const int Kill = 9;

    /// <summary>Asks for an end.</summary>
    public const int Terminate = 15;

    /// <summary>Lets it run on.</summary>
    public const int Continue = 18;

    /// <summary>Keeps it from running until it may go on.</summary>
    public const int Stop = 19;

    /// <summary>Sends a signal; nothing happens where the process is gone.</summary>
    public static void Send(int process, int signal) => _ = kill(process, signal);

    [LibraryImport("libc")]
    private static partial int kill(int pid, int sig);
}
