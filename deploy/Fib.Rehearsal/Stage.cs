using Fib.Rehearsal.Containers;
using Fib.Rehearsal.Platform;
using Fib.LocalSystem.Stores;
using Fib.Rehearsal.Stores;

namespace Fib.Rehearsal;

/// <summary>What stands outside the containers: a folder, the stores, and the environment properties that lead to them. Disposing removes all of it.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const string HealthdLogs = "/var/log/nginx/healthd";
    private readonly bool _hadHealthdLogs = System.IO.Directory.Exists(HealthdLogs);

    /// <summary>Where everything is.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("fib-rehearsal-").FullName;

    /// <summary>Where the platform has the containers' logs.</summary>
    public string Logs => Path.Combine(Directory, "logs");

    /// <summary>The stores' certificate.</summary>
    public StoreCertificate? Certificate { get; private set; }

    /// <summary>The PostgreSQL.</summary>
    public PostgresServer? Postgres { get; private set; }

    /// <summary>The Redis.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>The environment properties.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; private set; } = new Dictionary<string, string>();

    /// <summary>Starts the stores where every container can reach them.</summary>
    /// <param name="more">Properties on top of the stores'.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartStoresAsync(IReadOnlyDictionary<string, string> more, CancellationToken cancellationToken)
    {
        // The stores' users must come through to their own folders, and nobody may look around.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var address = await Engine.GetBridgeAddressAsync(cancellationToken);
        Certificate = TestAuthority.Create(Directory, address);
        var place = new StoreSettings(Directory, Directory, address, Certificate);
        Postgres = await PostgresServer.StartAsync(place, cancellationToken);
        Redis = await RedisServer.StartAsync(place, keepsData: false, cancellationToken);

        var properties = new Dictionary<string, string>([.. Postgres.Properties, .. Redis.Properties, new("EB_LOG_BASE_DIR", Logs)]);
        foreach (var (key, value) in more)
            properties[key] = value;
        Properties = properties;
    }

    /// <summary>Makes the folders for logs that the platform makes, one to a service.</summary>
    public void CreateLogFolders(IEnumerable<string> services)
    {
        foreach (var service in services)
            System.IO.Directory.CreateDirectory(Path.Combine(Logs, service));
    }

    /// <summary>The router's log for Beanstalk's enhanced health, its newest file; null where there is none.</summary>
    public static string? FindHealthdLog() => System.IO.Directory.Exists(HealthdLogs)
        ? System.IO.Directory.GetFiles(HealthdLogs, "application.log.*").Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Redis is not null)
            await Redis.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
        if (!_hadHealthdLogs && System.IO.Directory.Exists(HealthdLogs))
            System.IO.Directory.Delete(HealthdLogs, recursive: true);
    }
}
