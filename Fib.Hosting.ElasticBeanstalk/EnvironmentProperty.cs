namespace Fib.Hosting.ElasticBeanstalk;

/// <summary>An environment property of Elastic Beanstalk: what whoever deploys says about one environment, such as where its database is.</summary>
/// <param name="Name">Its name, in capitals: <c>PGHOST</c>.</param>
/// <param name="Description">What it is, in a few words; shown when it is missing.</param>
public sealed record EnvironmentProperty(string Name, string Description)
{
    /// <summary>The value where none is given; empty for an optional one that may stay unset. Null makes the property required.</summary>
    public string? Default { get; init; }

    /// <summary>A value as it could look, for the list of properties in the bundle.</summary>
    public string Example { get; init; } = "";

    /// <summary>Whether the value must be kept from readers of the environment's configuration.</summary>
    public bool Secret { get; init; }

    /// <summary>Whether a deployment without a value must fail.</summary>
    public bool Required => Default is null;

    /// <summary>What takes the property's place where the bundle brings the container it points at; null where whoever deploys says it in any case.</summary>
    public string? Included { get; init; }
}
