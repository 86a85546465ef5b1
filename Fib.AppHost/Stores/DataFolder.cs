using Microsoft.Extensions.DependencyInjection;

namespace Fib.AppHost.Stores;

/// <summary>The folder of the stores' data. One AppHost at a time uses it: two servers would destroy each other's files.</summary>
internal static class DataFolder
{
    /// <summary>Under root, a store runs as a separate user, which must be able to traverse the folder.</summary>
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The configured folder; by default one for this application and user.</summary>
    public static string Of(IDistributedApplicationBuilder builder, HostSettings settings) =>
        settings.DataDirectory ?? Path.Combine(Volumes(), $"fib-{builder.Configuration["AppHost:PathSha256"]![..10]}");

    /// <summary>
    /// Creates the folder when the run starts, and locks it until the run ends. The default folder's lock is also that of the named
    /// volumes, which belong to the same application.
    /// </summary>
    /// <exception cref="DistributedApplicationException">At the start: the folder is unusable, or another AppHost uses it.</exception>
    public static void LockData(this IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode || !settings.KeepsData)
            return;
        var folder = Of(builder, settings);
        builder.Services.AddSingleton(_ => new DataLock(folder));
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
        {
            starting.Services.GetRequiredService<DataLock>();
            return Task.CompletedTask;
        });
    }

    private static string Volumes() => Environment.UserName == "root"
        ? "/var/lib"
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>A lock of the operating system, which ends with this process, even if that is killed.</summary>
    private sealed class DataLock(string folder) : IDisposable
    {
        private readonly FileStream _file = Open(folder);

        public void Dispose() => _file.Dispose();

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
                    $"The data folder {folder} is unusable: {exception.Message.TrimEnd('.')}. Choose another folder with --data.",
                    exception);
            }
        }

        /// <summary>Whether it is EWOULDBLOCK of Linux or macOS, or ERROR_SHARING_VIOLATION of Windows.</summary>
        private static bool IsHeld(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
    }
}
