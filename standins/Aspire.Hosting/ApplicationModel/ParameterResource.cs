namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value the model asks for: from configuration in run mode, from the operator when deployed.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    internal ParameterResource(string name, Func<string> value, bool secret) : base(name) => (_value, Secret) = (new(value), secret);

    /// <summary>Whether it must not be shown.</summary>
    public bool Secret { get; }

    /// <summary>Whether it is a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What it is, for whoever provides it.</summary>
    public string? Description { get; set; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <inheritdoc />
    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    /// <summary>The value; throws <see cref="MissingParameterValueException"/> when there is none.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

    /// <summary>The value; throws <see cref="MissingParameterValueException"/> when there is none.</summary>
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
