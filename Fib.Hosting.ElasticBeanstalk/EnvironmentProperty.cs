namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>An environment property of Elastic Beanstalk: what differs between environments, such as the address of the database.</summary>
/// <param name="Name">Its name: letters, digits and <c>_</c>, up to 128.</param>
/// <param name="Description">What it is, in a few words; shown when it is missing.</param>
public sealed record EnvironmentProperty(string Name, string Description)
{
    /// <summary>The value where none is given; empty for an optional one that may stay unset. Null makes the property required.</summary>
    public string? Default { get; init; }

    /// <summary>A value as it could look, for the list of properties in the bundle.</summary>
    public string Example { get; init; } = "";

    /// <summary>Whether the value must be kept from readers of the environment's configuration.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether the value is put into a URI, so that it may contain only letters, digits and <c>- . _ ~</c>; a hook ends the deployment otherwise.</summary>
    public bool UriSafe { get; init; }

    /// <summary>Whether a deployment without a value must fail.</summary>
    public bool Required => Default is null;

    /// <summary>The value where the bundle contains the container that the property points at; null where the environment sets it in any case.</summary>
    public string? Included { get; init; }
}
