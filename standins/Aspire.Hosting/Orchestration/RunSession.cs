namespace Aspire.Hosting.Orchestration;

/// <summary>What one run holds: ports, locks on data, a folder that goes with it, and the folder of its logs, which stays.</summary>
internal sealed class RunSession(AppHost appHost, IConfiguration configuration) : IDisposable
{
    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly List<IDisposable> _held = [];
    private readonly Lazy<string> _temp = new(() => MakeTemp(appHost.Name));
    private readonly Lazy<string> _logs = new(() => configuration["StandIn:LogDirectory"] is { } folder
        ? Directory.CreateDirectory(folder).FullName
        : RunLogs.Make(Path.Combine(UserFolder.Make(), "logs"), appHost.Name));

    public PortPool Ports { get; } = new();

    /// <summary>Whether ports that the model gives are replaced by free ones, as tests ask for.</summary>
    public bool RandomizePorts { get; } = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    public string Logs => _logs.Value;

    /// <summary>A folder for what only this run needs. Other users may pass through it: a store may run as one.</summary>
    public string Temp(params string[] parts) => MakeTraversable(Path.Combine([_temp.Value, .. parts]));

    /// <summary>Where a resource keeps its data: the folder mounted at the target, the volume's, or one that goes with the run.</summary>
    public string Data(IResource resource, string target)
    {
        foreach (var other in resource.Annotations.OfType<ContainerMountAnnotation>())
            if (other.IsReadOnly || other.Target != target)
                throw new HostRefusal($"'{resource.Name}' mounts {other.Target}{(other.IsReadOnly ? " read-only" : "")}, which needs the real Aspire packages and a container runtime.");
        var mount = resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault();
        if (mount?.Source is null)
            return Temp("data", resource.Name);
        var folder = MakeTraversable(mount.Type == ContainerMountType.BindMount ? mount.Source : Path.Combine(Volumes(), mount.Source));
        Hold(FileLock.Take(folder, $"'{resource.Name}'"));
        return folder;
    }

    public static bool IsKept(IResource resource) => resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault()?.Source is not null;

    public void Hold(IDisposable held) => _held.Add(held);

    public void Dispose()
    {
        foreach (var held in _held)
            held.Dispose();
        _held.Clear();
        Ports.Dispose();
        if (!_temp.IsValueCreated || !Directory.Exists(_temp.Value))
            return;
        Directory.Delete(_temp.Value, recursive: true);
        Watchdog.RemoveFolder(_temp.Value);
    }

    // A store started by root runs as somebody who may not enter root's home.
    private string Volumes() => configuration["StandIn:VolumeDirectory"] ?? (Signals.IsRoot
        ? "/var/lib/aspire-stand-in"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "aspire-stand-in"));

    private static string MakeTemp(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"{name}-").FullName;
        Watchdog.AddFolder(folder);
        File.SetUnixFileMode(folder, Traversable);
        return folder;
    }

    private static string MakeTraversable(string folder) =>
        Directory.Exists(folder) ? folder : Directory.CreateDirectory(folder, Traversable).FullName;
}
