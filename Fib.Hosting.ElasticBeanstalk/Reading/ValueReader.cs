using System.Globalization;
using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Converts a value of the app model into text and properties.</summary>
internal sealed partial class ValueReader(IReadOnlyDictionary<IResource, DeployedResource> deployed, ExistingResources existing)
{
    /// <summary>The value's parts; a value of an existing resource requires TLS if the resource does.</summary>
    /// <exception cref="NotSupportedException">A bundle cannot express the value; the message has the reason.</exception>
    public IReadOnlyList<ValuePart> Read(object value) => AppModel.ResourcesIn(value).Any(existing.RequiresTls)
        ? Merge(TlsSyntax.Require(ReadParts(value)))
        : ReadParts(value);

    private IReadOnlyList<ValuePart> ReadParts(object value) => value switch
    {
        string text when Output().Match(text).Groups[1] is { Success: true } name && existing.IsInModel(name.Value) =>
            throw new NotSupportedException(
                $"'{text}' is an output of the resource '{name.Value}', whose value a bundle does not know: set it to a property with " +
                "PublishAsElasticBeanstalkService(service => service.WithEnvironment(name, new EnvironmentProperty(...)))."),
        string text => [new TextPart(text)],
        EndpointReference endpoint => ReadEndpoint(endpoint, EndpointProperty.Url),
        EndpointReferenceExpression expression => ReadEndpoint(expression.Endpoint, expression.Property),
        ReferenceExpression { IsConditional: true } choice => ReadParts(SelectBranch(choice)),
        ReferenceExpression expression => ReadFormat(expression),
        ConnectionStringReference reference => ReadParts(reference.Resource),
        ParameterResource parameter => [ReadParameter(parameter)],
        IResourceWithConnectionString resource when PublishedConnectionString.IsOf(resource) =>
            [new PropertyPart(ConnectionStringOf(resource))],
        IResourceWithConnectionString resource => ReadConnectionString(resource),
        IResourceBuilder<IResource> builder => ReadParts(builder.Resource),
        HostUrl url => Text(url.Url),
        IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw Inexpressible($"a value of the type {value.GetType().Name}"),
    };

    /// <summary>The parameters, by the name of their property.</summary>
    public Dictionary<string, ParameterResource> Parameters { get; } = [];

    /// <summary>The names of the properties that a URI contains.</summary>
    public HashSet<string> UriSafe { get; } = [];

    /// <summary>
    /// The property of a parameter: its name in upper case, as in Aspire's own publishers, and its default. The property of a connection
    /// string has the name that .NET reads.
    /// </summary>
    public static EnvironmentProperty PropertyOf(ParameterResource parameter)
    {
        if (parameter is IResourceWithConnectionString connection)
            return ConnectionStringOf(connection);
        var name = parameter.Name.Replace('-', '_').ToUpperInvariant();
        var description = LineOf(parameter.Description ?? "");
        return new EnvironmentProperty(name, description.Length > 0 ? description : $"the parameter {parameter.Name}")
        {
            Secret = parameter.Secret,
            Default = parameter is { Secret: false, Default: { } value and not GenerateParameterDefault } ? value.GetDefaultValue() : null,
        };
    }

    /// <summary>A description as one line without the characters that compose and Markdown would interpret.</summary>
    private static string LineOf(string description) => string.Join(' ', description
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Interpreted().Replace(word, "")).Where(word => word.Length > 0));

    /// <summary>The property that holds a resource's whole connection string.</summary>
    public static EnvironmentProperty ConnectionStringOf(IResource resource) =>
        new($"ConnectionStrings__{resource.Name.Replace('-', '_')}", $"the connection string of {resource.Name}") { Secret = true };

    private IReadOnlyList<ValuePart> ReadConnectionString(IResourceWithConnectionString resource)
    {
        var parts = ReadParts(resource.ConnectionStringExpression);
        if (!AppModel.WithParents(resource).Any(existing.RequiresTls))
            return parts;
        parts = TlsSyntax.Require(parts);
        return TlsSyntax.IsRequired(parts) ? parts : throw new NotSupportedException(
            $"the TLS syntax of the connection string of '{resource.Name}' is not known: call PublishAsExisting with its properties, or " +
            "PublishAsConnectionString.");
    }

    private ReferenceExpression SelectBranch(ReferenceExpression choice) =>
        choice.Condition is EndpointReferenceExpression { Property: EndpointProperty.TlsEnabled } condition
        ? string.Equals(choice.MatchValue, $"{RequiresTls(condition.Endpoint)}", StringComparison.OrdinalIgnoreCase)
            ? choice.WhenTrue!
            : choice.WhenFalse!
        : throw Inexpressible("a conditional value");

    private List<ValuePart> ReadFormat(ReferenceExpression expression)
    {
        var parts = new List<ValuePart>();
        var end = 0;
        foreach (Match placeholder in Placeholder().Matches(expression.Format))
        {
            Append(parts, [new TextPart(Unescape(expression.Format[end..placeholder.Index]))]);
            var position = int.Parse(placeholder.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            Append(parts, Formatted(ReadParts(expression.ValueProviders[position]), expression.StringFormats[position]));
            end = placeholder.Index + placeholder.Length;
        }
        Append(parts, [new TextPart(Unescape(expression.Format[end..]))]);
        return parts.Count > 0 ? parts : [new TextPart("")];
    }

    private IReadOnlyList<ValuePart> Formatted(IReadOnlyList<ValuePart> parts, string? format) => format switch
    {
        null => parts,
        // The value of a property is not known here, so it may contain only characters that need no escape.
        "uri" => [.. parts.Select(ValuePart (part) => part is PropertyPart property
            ? RequireUriSafe(property)
            : new TextPart(Uri.EscapeDataString(((TextPart)part).Text)))],
        _ => throw Inexpressible($"the format '{format}' of a property's value"),
    };

    private static List<ValuePart> Merge(IReadOnlyList<ValuePart> parts)
    {
        var merged = new List<ValuePart>();
        Append(merged, parts);
        return merged;
    }

    /// <summary>Merges adjacent texts, so that equal values have equal parts.</summary>
    private static void Append(List<ValuePart> parts, IReadOnlyList<ValuePart> more)
    {
        foreach (var part in more)
        {
            if (part is not TextPart text)
                parts.Add(part);
            else if (text.Text.Length > 0 && parts is [.., TextPart last])
                parts[^1] = new TextPart(last.Text + text.Text);
            else if (text.Text.Length > 0)
                parts.Add(text);
        }
    }

    private PropertyPart ReadParameter(ParameterResource parameter)
    {
        var property = PropertyOf(parameter);
        Parameters[property.Name] = parameter;
        return new PropertyPart(property);
    }

    private PropertyPart RequireUriSafe(PropertyPart part)
    {
        UriSafe.Add(part.Property.Name);
        return part;
    }

    private IReadOnlyList<ValuePart> ReadEndpoint(EndpointReference endpoint, EndpointProperty property)
    {
        var (scheme, host, port) = AddressOf(endpoint);
        return property switch
        {
            EndpointProperty.Url => Merge([new TextPart($"{scheme}://"), host, new TextPart(":"), port]),
            EndpointProperty.Host or EndpointProperty.IPV4Host => [host],
            EndpointProperty.Port or EndpointProperty.TargetPort => [port],
            EndpointProperty.HostAndPort => Merge([host, new TextPart(":"), port]),
            EndpointProperty.Scheme => Text(scheme),
            EndpointProperty.TlsEnabled => Text($"{RequiresTls(endpoint)}"),
            _ => throw Inexpressible($"the property {property} of an endpoint"),
        };
    }

    private (string Scheme, ValuePart Host, ValuePart Port) AddressOf(EndpointReference endpoint)
    {
        if (deployed.TryGetValue(endpoint.Resource, out var service) && !service.IsNginx)
        {
            var (scheme, port) = service.AddressOf(endpoint.EndpointName);
            return port is null
                ? throw new NotSupportedException(
                    $"it references '{endpoint.Resource.Name}', which has no port: call WithHttpEndpoint on it with targetPort, or set " +
                    "Port in PublishAsElasticBeanstalkService.")
                : (scheme, new TextPart(service.Service.Hostname!), new TextPart(port.Value.ToString(CultureInfo.InvariantCulture)));
        }
        return existing.HasEndpointProperties(endpoint.Resource) && endpoint.Exists
            ? (SchemeOf(endpoint), new PropertyPart(HostOf(endpoint)), new PropertyPart(PortOf(endpoint)))
            : throw new NotSupportedException($"it references '{endpoint.Resource.Name}', which is not a service of the bundle.");
    }

    private static NotSupportedException Inexpressible(string what) => new(
        $"a bundle cannot express {what}: set it with PublishAsElasticBeanstalkService(service => service.WithEnvironment(...)), an " +
        "argument with service.Command, or use AddConnectionString in publish mode.");

    private bool RequiresTls(EndpointReference endpoint) => existing.RequiresTls(endpoint.Resource);

    private string SchemeOf(EndpointReference endpoint) =>
        RequiresTls(endpoint) ? TlsSyntax.SchemeOf(endpoint.Scheme) : endpoint.Scheme;

    private static EnvironmentProperty HostOf(EndpointReference endpoint) =>
        new($"{PrefixOf(endpoint.Resource)}_HOST", $"the host name of {endpoint.Resource.Name}");

    private EnvironmentProperty PortOf(EndpointReference endpoint)
    {
        var port = endpoint.EndpointAnnotation.TargetPort;
        return new($"{PrefixOf(endpoint.Resource)}_PORT", $"the port of {endpoint.Resource.Name}")
        {
            Default = (RequiresTls(endpoint) ? TlsSyntax.PortOf(port) : port)?.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string PrefixOf(IResource resource) => resource.Name.Replace('-', '_').ToUpperInvariant();

    private static string Unescape(string format) =>
        format.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static IReadOnlyList<ValuePart> Text(string text) => [new TextPart(text)];

    /// <summary>Text of Aspire's manifest, which some integrations assign in publish mode.</summary>
    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9-]*)\.outputs?\.[^{}]+\}")]
    private static partial Regex Output();

    [GeneratedRegex("[" + EnvironmentProperty.InterpretedCharacters + "]+")]
    private static partial Regex Interpreted();

    [GeneratedRegex(@"(?<=(?<!\{)(?:\{\{)*)\{(\d+)\}")]
    private static partial Regex Placeholder();
}
