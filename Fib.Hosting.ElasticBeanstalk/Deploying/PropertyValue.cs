using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The value of a parameter for its property.</summary>
/// <param name="Property">The property.</param>
/// <param name="Value">The value; empty for none.</param>
/// <param name="IsGenerated">Whether Aspire generated it, so that every machine has another one.</param>
internal sealed record PropertyValue(EnvironmentProperty Property, string Value, bool IsGenerated = false)
{
    /// <summary>
    /// Whether a parameter has a generated value, and not one of the configuration. The values that Aspire saved at an earlier deployment
    /// are generated too; it adds them to the configuration as a JSON stream.
    /// </summary>
    public static bool IsGeneratedFor(ParameterResource parameter, IConfiguration configuration)
    {
        var key = $"Parameters:{parameter.Name}";
        var providers = configuration is IConfigurationRoot root ? root.Providers.Reverse().ToList() : [];
        return parameter.Default is GenerateParameterDefault
            && (Find(key) ?? Find(key.Replace('-', '_'))) is null or JsonStreamConfigurationProvider;

        // The last provider has precedence.
        IConfigurationProvider? Find(string key) => providers.FirstOrDefault(provider => provider.TryGet(key, out _));
    }
}
