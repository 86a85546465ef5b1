using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Reading;

/// <summary>The syntax with which connection strings and URIs require TLS.</summary>
internal static class TlsSyntax
{
    private static readonly string[] SecureSchemes = ["https://", "wss://", "rediss://", "amqps://"];

    private static readonly string[] SecureOptions = ["ssl=true", "sslmode=", "SSL Mode="];

    /// <summary>The scheme of an endpoint over TLS; unchanged if it does not depend on TLS.</summary>
    public static string SchemeOf(string scheme) => scheme is "http" or "ws" or "redis" or "amqp" ? $"{scheme}s" : scheme;

    /// <summary>The port of an endpoint over TLS: RabbitMQ has another one for it (IANA: amqps), the other servers do not.</summary>
    public static int? PortOf(int? port) => port == 5672 ? 5671 : port;

    /// <summary>Whether a value requires TLS.</summary>
    public static bool IsRequired(IReadOnlyList<ValuePart> parts)
    {
        var text = string.Concat(parts.OfType<TextPart>().Select(part => part.Text));
        return SecureSchemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            || SecureOptions.Any(option => text.Contains(option, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Makes a connection string or URI of PostgreSQL or RabbitMQ require TLS; any other value stays unchanged.</summary>
    public static IReadOnlyList<ValuePart> Require(IReadOnlyList<ValuePart> parts)
    {
        if (parts is not [TextPart { Text: var start }, ..] || IsRequired(parts))
            return parts;
        if (start.StartsWith("Host=", StringComparison.OrdinalIgnoreCase))
            return [.. parts, new TextPart(";SSL Mode=Require")];
        if (start.StartsWith("postgresql://", StringComparison.Ordinal) || start.StartsWith("jdbc:postgresql://", StringComparison.Ordinal))
            return [.. parts, new TextPart("?sslmode=require")];
        return start.StartsWith("amqp://", StringComparison.Ordinal) ? [new TextPart($"amqps{start[4..]}"), .. parts.Skip(1)] : parts;
    }
}
