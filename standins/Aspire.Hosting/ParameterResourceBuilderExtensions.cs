namespace Aspire.Hosting;

/// <summary>Adds values the model asks for.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is configuration <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        Add(builder, name, () => Configured(builder.Configuration, $"Parameters:{name}"), secret);

    /// <summary>Adds a parameter with this value, whatever configuration says; publishing it as a default is not supported.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>Adds a parameter with this value, whatever configuration says; publishing it as a default is not supported.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(valueGetter);
        if (publishValueAsDefault)
            throw new HostRefusal($"Parameter '{name}': publishing a value as a default needs the real Aspire packages.");
        return Add(builder, name, valueGetter, secret);
    }

    /// <summary>Adds a parameter whose value is a configuration key of its own.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, string name, string configurationKey, bool secret = false) =>
        Add(builder, name, () => Configured(builder.Configuration, configurationKey), secret);

    /// <summary>Adds a connection string that configuration <c>ConnectionStrings:name</c> gives.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ConnectionStringParameterResource(name, Value, environmentVariableName));

        string Value() => builder.Configuration.GetConnectionString(name)
            ?? throw new MissingParameterValueException($"The connection string '{name}' is missing: set ConnectionStrings:{name}.");
    }

    /// <summary>Says what a parameter is, for whoever provides it.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(
        this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>A secret parameter that is generated for this run unless configuration gives it; it is never printed or stored.</summary>
    internal static ParameterResource Generated(IDistributedApplicationBuilder builder, string name, bool special) =>
        new(name, () => Find(builder.Configuration, $"Parameters:{name}") ?? GeneratedPassword.New(special), secret: true);

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, string name, Func<string> value, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ParameterResource(name, value, secret));
    }

    private static string Configured(IConfiguration configuration, string key) => Find(configuration, key)
        ?? throw new MissingParameterValueException($"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter has no default value.");

    // A shell cannot set a variable with a hyphen, so an underscore in its place is accepted.
    private static string? Find(IConfiguration configuration, string key) => configuration[key] ?? configuration[key.Replace('-', '_')];
}
