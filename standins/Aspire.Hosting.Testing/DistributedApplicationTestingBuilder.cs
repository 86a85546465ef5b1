using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an app host's code inside a test, up to the point where it builds its application.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>An empty model, for the test to fill.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(Assembly.GetCallingAssembly(), args, (_, _) => { });

    /// <summary>An empty model, for the test to fill, with other options.</summary>
    public static IDistributedApplicationTestingBuilder Create(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        return Create(Assembly.GetCallingAssembly(), args, configureBuilder);
    }

    /// <summary>Runs the app host that has the type.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the app host that has the type, with a command line.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <summary>Runs the app host that has the type, with a command line and other options.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default) =>
        CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Runs the app host that has the type.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <summary>Runs the app host that has the type, with a command line.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <summary>Runs the app host that has the type, with a command line and other options.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        var run = new EntryPointRun(entryPoint, args, configureBuilder);
        return new TestingBuilder(await run.StartAsync(cancellationToken), run);
    }

    private static TestingBuilder Create(Assembly test, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        BuilderHook.Current = new DirectHook(test, args, configure);
        try
        {
            return new(new DistributedApplicationBuilder(new DistributedApplicationOptions()), run: null);
        }
        finally
        {
            BuilderHook.Current = null;
        }
    }
}
