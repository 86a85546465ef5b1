using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>A lock on a folder that ends with this process, whatever ends it; the file beside it says who holds it.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _holder;

    private FileLock(FileStream stream, string holder) => (_stream, _holder) = (stream, holder);

    /// <summary>Who this process is, for whoever finds a lock held.</summary>
    public static string Me { get; } = string.Create(CultureInfo.InvariantCulture, $"pid {Environment.ProcessId} ({Environment.CommandLine})");

    public static FileLock Take(string folder, string what)
    {
        var holder = Path.Combine(folder, ".app-host.holder");
        try
        {
            var stream = new FileStream(Path.Combine(folder, ".app-host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Me);
            return new(stream, holder);
        }
        catch (IOException)
        {
            throw new HostRefusal($"The data of {what} in {folder} is in use by {(File.Exists(holder) ? File.ReadAllText(holder) : "another process")}.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new HostRefusal($"The data of {what} in {folder} belongs to another user, not to {Environment.UserName}.");
        }
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _stream.Dispose();
    }
}
