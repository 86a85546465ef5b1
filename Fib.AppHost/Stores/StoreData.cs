using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fib.AppHost.Stores;

/// <summary>The data folder of a store that runs as a process.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="IsKept">Whether it is kept after the run.</param>
internal sealed record StoreData(string Folder, bool IsKept)
{
    /// <summary>A folder in that of all stores; without kept data a temporary one.</summary>
    public static StoreData Of(IDistributedApplicationBuilder builder, string store, HostSettings settings) => settings.KeepsData
        ? new StoreData(Path.Combine(FolderOfAll(builder, settings), store), true)
        : MakeTemporary(builder, store);

    /// <summary>The configured folder for the data of all stores; by default one for this application and user.</summary>
    public static string FolderOfAll(IDistributedApplicationBuilder builder, HostSettings settings) =>
        settings.DataDirectory ?? Path.Combine(Volumes(), $"fib-{builder.Configuration["AppHost:PathSha256"]![..10]}");

    private static string Volumes() => Environment.UserName == "root"
        ? "/var/lib"
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

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

    /// <summary>This file exists during the run, so that a store that is only restarted keeps its data.</summary>
    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");

    /// <summary>
    /// Deletes the folder when the run ends. While the store still runs (start-store.sh writes a file for that), it deletes the folder
    /// itself.
    /// </summary>
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
                // The store has deleted it.
            }

            return Task.CompletedTask;
        }
    }
}
