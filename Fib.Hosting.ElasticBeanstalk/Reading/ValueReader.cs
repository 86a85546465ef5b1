using System.Globalization;
using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Turns a value of the app model into text and properties.</summary>
internal sealed partial class ValueReader(IReadOnlyDictionary<IResource, DeployedResource> deployed, ExistingResources existing)
{
    /// <summary>The value's parts.</summary>
    /// <exception cref="NotSupportedException">It cannot be expressed in a bundle; the message says why.</exception>
    public IReadOnlyList<ValuePart> Read(object value) => value switch
    {
        string text => [new TextPart(text)],
        EndpointReference endpoint => OfEndpoint(endpoint, EndpointProperty.Url),
        EndpointReferenceExpression expression => OfEndpoint(expression.Endpoint, expression.Property),
        ReferenceExpression { IsConditional: true } choice => Read(Chosen(choice)),
        ReferenceExpression expression => OfFormat(expression),
        ConnectionStringReference reference => Read(reference.Resource),
        ParameterResource parameter => [OfParameter(parameter)],
        IResourceWithConnectionString resource when PublishedConnectionString.IsOf(resource) => [new PropertyPart(ConnectionStringOf(resource))],
        IResourceWithConnectionString resource => Read(resource.ConnectionStringExpression),
        IResourceBuilder<IResource> builder => Read(builder.Resource),
        IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"a value of the kind {value.GetType().Name} cannot be expressed in a bundle."),
    };

    /// <summary>The parameters, by the name of the property that they become.</summary>
    public Dictionary<string, ParameterResource> Parameters { get; } = [];

    /// <summary>The properties, by name, whose value some URI contains.</summary>
    public HashSet<string> UriSafe { get; } = [];

    /// <summary>
    /// A parameter's name in capitals, as Aspire's own publishers write it, and its default; a connection string under the name that .NET reads.
    /// </summary>
    public static EnvironmentProperty PropertyOf(ParameterResource parameter)
    {
        if (parameter is IResourceWithConnectionString connection)
            return ConnectionStringOf(connection);
        var name = parameter.Name.Replace('-', '_').ToUpperInvariant();
        return new EnvironmentProperty(name, string.IsNullOrEmpty(parameter.Description) ? $"the parameter {parameter.Name}" : parameter.Description)
        {
            Secret = parameter.Secret,
            Default = parameter is { Secret: false, Default: { } value and not GenerateParameterDefault } ? value.GetDefaultValue() : null,
        };
    }

    /// <summary>The property that holds a resource's whole connection string.</summary>
    public static EnvironmentProperty ConnectionStringOf(IResource resource) =>
        new($"ConnectionStrings__{resource.Name.Replace('-', '_')}", $"the connection string of {resource.Name}") { Secret = true };

    private static ReferenceExpression Chosen(ReferenceExpression choice) => choice.Condition is EndpointReferenceExpression { Property: EndpointProperty.TlsEnabled }
        ? string.Equals(choice.MatchValue, bool.FalseString, StringComparison.OrdinalIgnoreCase) ? choice.WhenTrue! : choice.WhenFalse!
        : throw new NotSupportedException("a choice that depends on another value cannot be expressed in a bundle.");

    private List<ValuePart> OfFormat(ReferenceExpression expression)
    {
        var parts = new List<ValuePart>();
        var end = 0;
        foreach (Match hole in Hole().Matches(expression.Format))
        {
            Append(parts, [new TextPart(Unescape(expression.Format[end..hole.Index]))]);
            var position = int.Parse(hole.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            Append(parts, Formatted(Read(expression.ValueProviders[position]), expression.StringFormats[position]));
            end = hole.Index + hole.Length;
        }
        Append(parts, [new TextPart(Unescape(expression.Format[end..]))]);
        return parts.Count > 0 ? parts : [new TextPart("")];
    }

    private IReadOnlyList<ValuePart> Formatted(IReadOnlyList<ValuePart> parts, string? format) => format switch
    {
        null => parts,
        // A property that is restricted to characters which need no escape is its own escaped form.
        "uri" => [.. parts.Select(ValuePart (part) => part is PropertyPart property ? Restrict(property) : new TextPart(Uri.EscapeDataString(((TextPart)part).Text)))],
        _ => throw new NotSupportedException($"the format '{format}' of a property's value cannot be expressed in a bundle."),
    };

    private static List<ValuePart> Joined(IReadOnlyList<ValuePart> parts)
    {
        var joined = new List<ValuePart>();
        Append(joined, parts);
        return joined;
    }

    /// <summary>Joins neighbouring texts, so that equal values have equal parts.</summary>
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

    private PropertyPart OfParameter(ParameterResource parameter)
    {
        var property = PropertyOf(parameter);
        Parameters[property.Name] = parameter;
        return new PropertyPart(property);
    }

    private PropertyPart Restrict(PropertyPart part)
    {
        UriSafe.Add(part.Property.Name);
        return part;
    }

    private IReadOnlyList<ValuePart> OfEndpoint(EndpointReference endpoint, EndpointProperty property)
    {
        var (scheme, host, port) = AddressOf(endpoint);
        return property switch
        {
            EndpointProperty.Url => Joined([new TextPart($"{scheme}://"), host, new TextPart(":"), port]),
            EndpointProperty.Host or EndpointProperty.IPV4Host => [host],
            EndpointProperty.Port or EndpointProperty.TargetPort => [port],
            EndpointProperty.HostAndPort => Joined([host, new TextPart(":"), port]),
            EndpointProperty.Scheme => Text(scheme),
            EndpointProperty.TlsEnabled => Text(bool.FalseString),
            _ => throw new NotSupportedException($"the part {property} of an endpoint cannot be expressed in a bundle."),
        };
    }

    private (string Scheme, ValuePart Host, ValuePart Port) AddressOf(EndpointReference endpoint)
    {
        if (deployed.TryGetValue(endpoint.Resource, out var service) && !service.IsNginx)
        {
            var (scheme, port) = service.AddressOf(endpoint.EndpointName);
            return port is null
                ? throw new NotSupportedException($"it refers to '{endpoint.Resource.Name}', which listens on no port.")
                : (scheme, new TextPart(service.Service.Hostname!), new TextPart(port.Value.ToString(CultureInfo.InvariantCulture)));
        }
        return existing.HasEndpointProperties(endpoint.Resource) && endpoint.Exists
            ? (endpoint.Scheme, new PropertyPart(HostOf(endpoint)), new PropertyPart(PortOf(endpoint)))
            : throw new NotSupportedException($"it refers to '{endpoint.Resource.Name}', which is no service of the bundle.");
    }

    private static EnvironmentProperty HostOf(EndpointReference endpoint) =>
        new($"{PrefixOf(endpoint.Resource)}_HOST", $"the host name of {endpoint.Resource.Name}");

    private static EnvironmentProperty PortOf(EndpointReference endpoint) =>
        new($"{PrefixOf(endpoint.Resource)}_PORT", $"the port of {endpoint.Resource.Name}") { Default = endpoint.EndpointAnnotation.TargetPort?.ToString(CultureInfo.InvariantCulture) };

    private static string PrefixOf(IResource resource) => resource.Name.Replace('-', '_').ToUpperInvariant();

    private static string Unescape(string format) => format.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static IReadOnlyList<ValuePart> Text(string text) => [new TextPart(text)];

    [GeneratedRegex(@"(?<!\{)(?:\{\{)*\{(\d+)\}")]
    private static partial Regex Hole();
}
