using System.Text;
using System.Text.Json;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>
/// Turns the values of parameters into environment properties; a secret is stored in Secrets Manager, and its property has the ARN.
/// </summary>
internal sealed class PropertyValues(
    AwsCli aws, string application, string environment, IEnumerable<PropertyValue> values, Action<string> report)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = null };

    private readonly List<PropertyValue> _values =
        [.. values.Where(value => value.Value.Length > 0).OrderBy(value => value.Property.Name, StringComparer.Ordinal)];

    private readonly List<string> _storedSecrets = [];

    private readonly HashSet<string> _keptSecrets = [];

    private readonly List<Option> _moved = [];

    private readonly List<Option> _cleared = [];

    /// <summary>The names of the secrets that have their new values already; instances that start later get these.</summary>
    public IReadOnlyList<string> StoredSecrets => _storedSecrets;

    /// <summary>The names of all properties, which have their new values once the environment is updated.</summary>
    public IEnumerable<string> Names => _values.Select(value => value.Property.Name).Except(_keptSecrets);

    /// <summary>The names of the properties that the update removes.</summary>
    public IEnumerable<string> Cleared => _cleared.Select(option => option.OptionName).Distinct();

    /// <summary>Sets again what the update removes, for a version that needs it.</summary>
    public OptionChanges Restoration => new(Serialize(_cleared), []);

    /// <exception cref="DeploymentException">A value is not valid for its property; the message has every problem.</exception>
    public void Check()
    {
        if (_values.SelectMany(value => Check(value.Property, value.Value)).ToList() is { Count: > 0 } problems)
            throw new DeploymentException(string.Join('\n', problems));
    }

    /// <summary>
    /// Leaves out generated values of properties that the environment has. If such a property becomes a secret, the secret gets its value.
    /// </summary>
    public void KeepExisting(CurrentProperties current)
    {
        foreach (var value in _values.Where(value => value.IsGenerated && current.Has(value.Property.Name)).ToList())
        {
            var name = value.Property.Name;
            if (value.Property.Secret && !current.Secrets.ContainsKey(name))
                _values[_values.IndexOf(value)] = value with { Value = current.Plain[name], IsGenerated = false };
            else
                _values.Remove(value);
            report($"Kept the existing value of {name}");
        }
    }

    /// <summary>
    /// Finds what would remain of earlier values: the plain value of a property that becomes a secret or the reverse, and values of
    /// optional properties that have none now.
    /// </summary>
    public void RemoveEarlier(CurrentProperties current)
    {
        foreach (var (property, value, isGenerated) in values)
        {
            var isCleared = value.Length == 0 && !property.Required;
            if (current.Plain.TryGetValue(property.Name, out var plain) && (isCleared || (value.Length > 0 && property.Secret)))
                (isCleared ? _cleared : _moved).Add(new(CurrentProperties.PlainNamespace, property.Name, plain));
            if (current.Secrets.TryGetValue(property.Name, out var arn)
                && (isCleared || (value.Length > 0 && !property.Secret && !isGenerated)))
                (isCleared ? _cleared : _moved).Add(new(CurrentProperties.SecretNamespace, property.Name, arn));
        }
    }

    /// <exception cref="DeploymentException">All plain properties together would be too long.</exception>
    public void CheckTotal(CurrentProperties current)
    {
        var plain = current.Plain.ToDictionary();
        foreach (var removed in _moved.Concat(_cleared).Where(option => option.Namespace == CurrentProperties.PlainNamespace))
            plain.Remove(removed.OptionName);
        foreach (var (property, value, _) in _values.Where(value => !value.Property.Secret))
            plain[property.Name] = value;
        var total = plain.Sum(property => Encoding.UTF8.GetByteCount($"{property.Key}={property.Value}"));
        if (total > EnvironmentProperty.MaxTotalBytes)
            throw new DeploymentException(
                $"{environment} was not changed: its plain properties would have {total} bytes as NAME=value, more than the " +
                $"{EnvironmentProperty.MaxTotalBytes} that Elastic Beanstalk allows. Make long values secrets.");
    }

    /// <summary>Stores the secrets.</summary>
    /// <returns>The changes of the option settings.</returns>
    /// <exception cref="DeploymentException">A secret cannot be stored.</exception>
    public async Task<OptionChanges> ChangesAsync(CancellationToken cancellationToken)
    {
        var options = new List<Option>();
        foreach (var value in _values)
        {
            options.Add(value.Property.Secret
                ? new(CurrentProperties.SecretNamespace, value.Property.Name, await StoreSecretAsync(value, cancellationToken))
                : new(CurrentProperties.PlainNamespace, value.Property.Name, value.Value));
        }
        var removed = _moved.Concat(_cleared).Select(option => $"Namespace={option.Namespace},OptionName={option.OptionName}");
        return new(Serialize(options), [.. removed]);
    }

    private static string? Serialize(List<Option> options) => options.Count == 0 ? null : JsonSerializer.Serialize(options, Json);

    private static IEnumerable<string> Check(EnvironmentProperty property, string value)
    {
        if (property.UriSafe && !value.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~'))
            yield return $"{property.Name} is put into a URI: its value may contain only letters, digits and - . _ ~. " +
                "For other values give its services no URI: call " +
                "WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString) before WithReference.";
        if (!property.Secret && value.Length > EnvironmentProperty.MaxValueLength)
            yield return $"{property.Name} is longer than the {EnvironmentProperty.MaxValueLength} characters of an environment property.";
        if (!property.Secret && ArrivesChanged(value))
            yield return $"{property.Name} would arrive changed: its value must not begin with a quote, begin or end with a blank, or contain " +
                "a blank before #.";
    }

    /// <summary>Whether compose changes a plain value, which the platform writes to <c>.env</c> without quotes.</summary>
    private static bool ArrivesChanged(string value) =>
        value.StartsWith('\'') || value.StartsWith('"') || value != value.Trim(' ', '\t') || value.Contains(" #", StringComparison.Ordinal);

    /// <summary>Creates the secret, or gives an existing one a new value, unless that is generated.</summary>
    /// <returns>Its ARN.</returns>
    private async Task<string> StoreSecretAsync(PropertyValue value, CancellationToken cancellationToken)
    {
        var name = $"{application}/{environment}/{value.Property.Name}";
        string arn;
        try
        {
            arn = await CallAsync(
                "create-secret", new { Name = name, value.Property.Description, SecretString = value.Value }, cancellationToken);
        }
        catch (DeploymentException exception) when (exception.Code == "ResourceExistsException")
        {
            if (value.IsGenerated)
            {
                _keptSecrets.Add(value.Property.Name);
                report($"Kept the existing value of {value.Property.Name}");
                return await CallAsync("describe-secret", new { SecretId = name }, cancellationToken);
            }
            arn = await CallAsync("put-secret-value", new { SecretId = name, SecretString = value.Value }, cancellationToken);
        }
        _storedSecrets.Add(value.Property.Name);
        return arn;
    }

    private Task<string> CallAsync(string operation, object input, CancellationToken cancellationToken) => aws.CallAsync(
        ["secretsmanager", operation, "--cli-input-json", AwsCli.Input, "--query", "ARN", "--output", "text"],
        JsonSerializer.Serialize(input, Json), cancellationToken);

    private sealed record Option(string Namespace, string OptionName, string Value);
}
