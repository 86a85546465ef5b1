namespace Fib.LocalSystem.Processes;

/// <summary>A folder through which servers of other users may pass; disposing removes it, and so does the end of this process.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>A new folder.</summary>
    public TemporaryFolder(string prefix)
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        Watchdog.AddFolder(Path);
        // Passed through, not looked around in.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
