using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds who listens on a port: the socket in /proc/net/tcp, then the process that has it open.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    public static string? Find(int port)
    {
        var sockets = Sockets(port).ToHashSet();
        if (sockets.Count == 0)
            return null;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => Path.GetFileName(p).All(char.IsAsciiDigit)))
            if (Has(process, sockets))
                return $"pid {Path.GetFileName(process)} ({CommandLine(process)})";
        return null;
    }

    private static IEnumerable<string> Sockets(int port)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
            foreach (var line in File.Exists(table) ? File.ReadLines(table).Skip(1) : [])
                if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listening, _, _, _, _, _, var inode, ..] && local.EndsWith(ending, StringComparison.Ordinal))
                    yield return $"socket:[{inode}]";
    }

    private static bool Has(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd")).Any(fd => File.ResolveLinkTarget(fd, false)?.Name is { } name && sockets.Contains(name));
        }
        // Others' processes cannot be looked into, and any may end meanwhile.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ').Trim();
        }
        catch (IOException)
        {
            return "ended meanwhile";
        }
    }
}
