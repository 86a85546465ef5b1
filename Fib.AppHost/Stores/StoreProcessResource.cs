using System.Globalization;

namespace Fib.AppHost.Stores;

/// <summary>A store that runs as a process of this machine's own program, on loopback, with a generated password.</summary>
internal abstract class StoreProcessResource : ExecutableResource, IResourceWithConnectionString
{
    private const string EndpointName = "tcp";

    private protected StoreProcessResource(string name, ParameterResource password, string directory)
        : base(name, "/bin/sh", directory) => (Password, Endpoint) = (password, new EndpointReference(this, EndpointName));

    /// <summary>The password, which only the store's user and its clients read.</summary>
    public ParameterResource Password { get; }

    /// <summary>Where it listens. The port is its own, so that while it is stopped connections are refused.</summary>
    public EndpointReference Endpoint { get; }

    /// <inheritdoc/>
    public abstract ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>Adds a store that start-store.sh runs.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="create">Makes the resource of its password and the folder of the script.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="program">What the script calls the store, which is also the user it runs as under root.</param>
    /// <param name="settings">Where data are kept.</param>
    internal static IResourceBuilder<T> Add<T>(
        IDistributedApplicationBuilder builder, Func<ParameterResource, string, T> create, string name, string program, HostSettings settings)
        where T : StoreProcessResource
    {
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var directory = Path.Combine(builder.AppHostDirectory, "Stores");
        var store = create(password, directory);
        var data = StoreData.Of(builder, name, settings);
        return builder.AddResource(store)
            .WithIconName("Database")
            .WithArgs("start-store.sh")
            .WithEndpoint(name: EndpointName, scheme: "tcp", isProxied: false)
            .WithEnvironment("STORE", program)
            .WithEnvironment("STORE_DATA", data.Folder)
            .WithEnvironment("STORE_OWNER", data.IsKept ? "" : Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            .WithEnvironment("STORE_PORT", store.Endpoint.Property(EndpointProperty.TargetPort))
            .WithEnvironment("STORE_PASSWORD", password);
    }
}
