namespace Fib.LocalSystem.Processes;

/// <summary>A folder that other users can traverse but not list; removed on disposal, and at the latest when this process ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates a folder.</summary>
    public TemporaryFolder(string prefix)
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        Watchdog.AddFolder(Path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
