using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fib.AppHost.Stores;

/// <summary>Where a store that runs as a process has its data.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="IsKept">Whether it stays after the run.</param>
internal sealed record StoreData(string Folder, bool IsKept)
{
    /// <summary>A user of its own runs a store under root, and must be able to enter the folder above its data.</summary>
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The chosen folder; else one of this application and user; or a temporary one that goes with the run.</summary>
    public static StoreData Of(IDistributedApplicationBuilder builder, string store, HostSettings settings)
    {
        if (!settings.KeepsData)
            return MakeTemporary(builder, store);
        var parent = settings.DataDirectory ?? Path.Combine(Volumes(), $"fib-{builder.Configuration["AppHost:PathSha256"]![..10]}");
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            if (!OperatingSystem.IsWindows())
                Directory.CreateDirectory(parent, Traversable);
            return Task.CompletedTask;
        });
        return new StoreData(Path.Combine(parent, store), true);
    }

    private static string Volumes() => Environment.UserName == "root" ? "/var/lib" : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    private static StoreData MakeTemporary(IDistributedApplicationBuilder builder, string store)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fib-{store}-{Guid.NewGuid():N}");
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(OwnerFile(folder), "");
            return Task.CompletedTask;
        });
        builder.Services.AddSingleton<IHostedService>(new TemporaryFolder(folder));
        return new StoreData(folder, false);
    }

    /// <summary>Says that the run goes on, so that a store that is only restarted finds its data again.</summary>
    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");

    /// <summary>Gives the folder up when the run ends: a store that still runs removes it as it ends, and start-store.sh says which runs.</summary>
    private sealed class TemporaryFolder(string folder) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            try
            {
                File.Delete(OwnerFile(folder));
                if (!File.Exists(Path.Combine(folder, "running")))
                    Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // The store has removed it.
            }

            return Task.CompletedTask;
        }
    }
}
