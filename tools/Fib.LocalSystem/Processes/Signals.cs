using System.Runtime.InteropServices;

namespace Fib.LocalSystem.Processes;

/// <summary>Sends POSIX signals, by their numbers on Linux.</summary>
internal static partial class Signals
{
    /// <summary>SIGINT: PostgreSQL's fast shutdown.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    /// <summary>SIGTERM: requests a graceful shutdown.</summary>
    public const int Terminate = 15;

    /// <summary>SIGCONT: continues a stopped process.</summary>
    public const int Continue = 18;

    /// <summary>SIGSTOP: stops a process until SIGCONT.</summary>
    public const int Stop = 19;

    /// <summary>Sends a signal; does nothing if the process has ended.</summary>
    public static void Send(int process, int signal) => _ = kill(process, signal);

    [LibraryImport("libc")]
    private static partial int kill(int pid, int sig);
}
