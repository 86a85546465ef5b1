using System.Runtime.InteropServices;

namespace Aspire.Hosting.Orchestration;

/// <summary>POSIX signals.</summary>
internal static partial class Signals
{
    public const int Interrupt = 2, Kill = 9, Terminate = 15;

    public static string Name(int signal) => signal switch
    {
        Interrupt => "INT",
        Kill => "KILL",
        Terminate => "TERM",
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    /// <summary>Signals a process; nothing happens when it is gone.</summary>
    public static void Send(int process, int signal) => _ = kill(process, signal);

    /// <summary>Signals a whole process group; nothing happens when it is gone.</summary>
    public static void SendToGroup(int group, int signal) => _ = kill(-group, signal);

    /// <summary>Whether a process exists.</summary>
    public static bool IsAlive(int process) => kill(process, 0) == 0;

    [LibraryImport("libc")]
    private static partial int kill(int pid, int sig);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    /// <summary>Whether this process may do anything.</summary>
    public static bool IsRoot => geteuid() == 0;
}
