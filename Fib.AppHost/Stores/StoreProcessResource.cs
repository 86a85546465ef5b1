using System.Globalization;

namespace Fib.AppHost.Stores;

/// <summary>A store that runs as a process of a locally installed program, on loopback, with a generated password.</summary>
internal abstract class StoreProcessResource : ExecutableResource, IResourceWithConnectionString
{
    private const string EndpointName = "tcp";

    private protected StoreProcessResource(string name, ParameterResource password, string directory)
        : base(name, "/bin/sh", directory) => (Password, Endpoint) = (password, new EndpointReference(this, EndpointName));

    /// <summary>The generated password.</summary>
    public ParameterResource Password { get; }

    /// <summary>Its endpoint, without a proxy, so that connections are refused while the store is stopped.</summary>
    public EndpointReference Endpoint { get; }

    /// <inheritdoc/>
    public abstract ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>Adds a store that start-store.sh runs.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="create">Creates the resource from its password and the folder of the script.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="program">The name of the store in the script, and of the user that it runs as under root.</param>
    /// <param name="settings">The settings for data.</param>
    internal static IResourceBuilder<T> Add<T>(
        IDistributedApplicationBuilder builder, Func<ParameterResource, string, T> create, string name, string program,
        HostSettings settings)
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
