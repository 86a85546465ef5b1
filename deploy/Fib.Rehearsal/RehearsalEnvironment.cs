using Fib.LocalSystem.Stores;
using Fib.Rehearsal.Containers;

namespace Fib.Rehearsal;

/// <summary>
/// Everything outside the containers: a temporary directory, the stores, and the environment properties that address them.
/// Disposing removes all of it.
/// </summary>
internal sealed class RehearsalEnvironment : IAsyncDisposable
{
    private const string HealthdLogs = "/var/log/nginx/healthd";
    private readonly bool _hadHealthdLogs = System.IO.Directory.Exists(HealthdLogs);

    /// <summary>The temporary directory.</summary>
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("fib-rehearsal-").FullName;

    /// <summary>The directory for the containers' logs, as EB_LOG_BASE_DIR names it on an instance.</summary>
    public string Logs => Path.Combine(Directory, "logs");

    /// <summary>The stores' certificate; null before <see cref="StartStoresAsync"/>.</summary>
    public StoreCertificate? Certificate { get; private set; }

    /// <summary>The PostgreSQL server; null before <see cref="StartStoresAsync"/>.</summary>
    public PostgresServer? Postgres { get; private set; }

    /// <summary>The Redis server; null before <see cref="StartStoresAsync"/>.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>The environment properties.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; private set; } = new Dictionary<string, string>();

    /// <summary>Starts the stores on an address that every container can reach.</summary>
    /// <param name="overrides">Properties that are added to those of the stores, or replace them.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public async Task StartStoresAsync(IReadOnlyDictionary<string, string> overrides, CancellationToken cancellationToken)
    {
        // The stores' users traverse this directory to reach their own; they must not list it.
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            File.SetUnixFileMode(Directory, owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var address = await Engine.GetBridgeAddressAsync(cancellationToken);
        Certificate = TestCertificateAuthority.Create(Directory, address);
        var settings = new StoreSettings(Directory, Directory, address, Certificate);
        Postgres = await PostgresServer.StartAsync(settings, cancellationToken);
        Redis = await RedisServer.StartAsync(settings, keepsData: false, cancellationToken);

        var properties = new Dictionary<string, string>([.. Postgres.Properties, .. Redis.Properties, new("EB_LOG_BASE_DIR", Logs)]);
        foreach (var (key, value) in overrides)
            properties[key] = value;
        Properties = properties;
    }

    /// <summary>Creates the log directories that the platform creates, one per service.</summary>
    public void CreateLogDirectories(IEnumerable<string> services)
    {
        foreach (var service in services)
            System.IO.Directory.CreateDirectory(Path.Combine(Logs, service));
    }

    /// <summary>The newest file of the log that nginx writes for Beanstalk's enhanced health; null if there is none.</summary>
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
