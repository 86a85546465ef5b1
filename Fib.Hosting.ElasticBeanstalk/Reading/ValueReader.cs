using System.Globalization;
using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>Turns a value of the app model into text and properties.</summary>
internal sealed partial class ValueReader(IReadOnlyDictionary<IResource, DeployedResource> places)
{
    /// <summary>The value's parts.</summary>
    /// <exception cref="NotSupportedException">It cannot be expressed in a bundle; the message says why.</exception>
    public IReadOnlyList<ValuePart> Read(object value) => value switch
    {
        string text => [new TextPart(text)],
        EndpointReference endpoint => Text(OfEndpoint(endpoint, EndpointProperty.Url)),
        EndpointReferenceExpression expression => Text(OfEndpoint(expression.Endpoint, expression.Property)),
        ParameterResource parameter => [new PropertyPart(PropertyOf(parameter))],
        ReferenceExpression { IsConditional: true } choice => Read(Chosen(choice)),
        ReferenceExpression expression => OfFormat(expression),
        ConnectionStringReference reference => Read(reference.Resource.ConnectionStringExpression),
        IResourceWithConnectionString resource => Read(resource.ConnectionStringExpression),
        IFormattable number => Text(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"a value of the kind {value.GetType().Name} cannot be expressed in a bundle."),
    };

    /// <summary>A parameter's name in capitals, as Aspire's own publishers write it.</summary>
    public static EnvironmentProperty PropertyOf(ParameterResource parameter)
    {
        var name = parameter.Name.Replace('-', '_').ToUpperInvariant();
        return new EnvironmentProperty(name, string.IsNullOrEmpty(parameter.Description) ? $"the parameter {parameter.Name}" : parameter.Description) { Secret = parameter.Secret };
    }

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

    private static IReadOnlyList<ValuePart> Formatted(IReadOnlyList<ValuePart> parts, string? format) => format switch
    {
        null => parts,
        "uri" when parts.All(part => part is TextPart) => [.. parts.Cast<TextPart>().Select(part => new TextPart(Uri.EscapeDataString(part.Text)))],
        _ => throw new NotSupportedException($"the format '{format}' of a property's value cannot be expressed in a bundle."),
    };

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

    /// <summary>Inside a bundle services speak plain http to each other, on one port each.</summary>
    private string OfEndpoint(EndpointReference endpoint, EndpointProperty property)
    {
        if (!places.TryGetValue(endpoint.Resource, out var place) || place.IsNginx)
            throw new NotSupportedException($"it refers to '{endpoint.Resource.Name}', which is no service of the bundle.");
        var (host, port) = (place.Service.Hostname!, place.Service.Port?.ToString(CultureInfo.InvariantCulture) ?? throw new NotSupportedException($"it refers to '{endpoint.Resource.Name}', which listens on no port."));
        var scheme = endpoint.Scheme == "https" ? "http" : endpoint.Scheme;
        return property switch
        {
            EndpointProperty.Url => $"{scheme}://{host}:{port}",
            EndpointProperty.Host or EndpointProperty.IPV4Host => host,
            EndpointProperty.Port or EndpointProperty.TargetPort => port,
            EndpointProperty.HostAndPort => $"{host}:{port}",
            EndpointProperty.Scheme => scheme,
            EndpointProperty.TlsEnabled => bool.FalseString,
            _ => throw new NotSupportedException($"the part {property} of an endpoint cannot be expressed in a bundle."),
        };
    }

    private static string Unescape(string format) => format.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static IReadOnlyList<ValuePart> Text(string text) => [new TextPart(text)];

    [GeneratedRegex(@"(?<!\{)(?:\{\{)*\{(\d+)\}")]
    private static partial Regex Hole();
}
