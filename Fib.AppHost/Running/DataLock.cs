namespace Fib.AppHost.Running;

/// <summary>
/// The right of one AppHost to use a data folder: two servers would destroy each other's files. It is a lock of the operating system, which
/// ends with this process, even if that is killed.
/// </summary>
internal sealed class DataLock(string folder) : IDisposable
{
    /// <summary>Under root, a store runs as a separate user, which must be able to traverse the folder.</summary>
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly FileStream _file = Open(folder);

    public void Dispose() => _file.Dispose();

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="DistributedApplicationException">The folder is unusable, or another AppHost uses it.</exception>
    private static FileStream Open(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, Traversable);
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new DistributedApplicationException(
                $"Another AppHost uses the data in {folder}: stop it, or choose another folder with --data.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The data folder {folder} is unusable: {exception.Message.TrimEnd('.')}. Choose another folder with --data.", exception);
        }
    }

    /// <summary>Whether it is EWOULDBLOCK of Linux or macOS, or ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
