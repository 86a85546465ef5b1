using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>The folders of the latest runs' logs; older ones go when another run starts.</summary>
internal static class RunLogs
{
    public const int Kept = 20;

    private static int _runs;

    /// <summary>Makes a folder for the logs of one run of an app host.</summary>
    public static string Make(string root, string name)
    {
        var all = Directory.CreateDirectory(root);
        foreach (var old in all.EnumerateDirectories($"{name}-*").OrderByDescending(run => run.LastWriteTimeUtc).Skip(Kept))
            Remove(old);
        var own = string.Create(CultureInfo.InvariantCulture, $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref _runs)}");
        return all.CreateSubdirectory(own).FullName;
    }

    private static void Remove(DirectoryInfo old)
    {
        try
        {
            old.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Another run that starts at this moment removes it too, or its own run still writes there: the next start tries again.
        }
    }
}
