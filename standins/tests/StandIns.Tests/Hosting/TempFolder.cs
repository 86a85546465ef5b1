namespace StandIns.Tests.Hosting;

/// <summary>A folder that goes with the test; other users may pass through it, as the database's user must.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    public string Path { get; } = Directory.CreateTempSubdirectory("stand-in-test").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
