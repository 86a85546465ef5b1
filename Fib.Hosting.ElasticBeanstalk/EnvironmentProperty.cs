namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>
/// An environment property of Elastic Beanstalk: a value that differs between environments, such as the address of the database.
/// </summary>
/// <param name="Name">The name: letters, digits and <c>_</c>, up to 128 characters.</param>
/// <param name="Description">A short description; the error message for a missing value contains it.</param>
public sealed record EnvironmentProperty(string Name, string Description)
{
    // The documented limits of Elastic Beanstalk (Developer Guide, "Environment properties and other software settings").
    internal const int MaxNameLength = 128;
    internal const int MaxValueLength = 256;
    internal const int MaxTotalBytes = 4_096;

    /// <summary>The characters that a description must not contain, since compose or Markdown would interpret them: a set of a regex.</summary>
    internal const string InterpretedCharacters = "\\p{C}${}\\\\|\"";

    /// <summary>The default value; empty for an optional property that may stay unset. Null makes the property required.</summary>
    public string? Default { get; init; }

    /// <summary>An example value for the list of properties in the bundle.</summary>
    public string Example { get; init; } = "";

    /// <summary>Whether the value must be hidden from readers of the environment's configuration.</summary>
    public bool Secret { get; init; }

    /// <summary>
    /// Whether the value is used in a URI, so that it may contain only letters, digits and <c>- . _ ~</c>; for any other value a hook fails
    /// the deployment.
    /// </summary>
    public bool UriSafe { get; init; }

    /// <summary>Whether a deployment without a value fails.</summary>
    public bool Required => Default is null;

    /// <summary>
    /// The value if the bundle contains the container that the property describes; null if the environment sets it in every case.
    /// </summary>
    public string? BundledValue { get; init; }
}
