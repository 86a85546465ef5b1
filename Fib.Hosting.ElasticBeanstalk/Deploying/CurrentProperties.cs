using System.Text.Json;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>The properties that a Beanstalk environment has.</summary>
/// <param name="Plain">The values, by name.</param>
/// <param name="Secrets">The ARNs of secrets, by name.</param>
internal sealed record CurrentProperties(IReadOnlyDictionary<string, string> Plain, IReadOnlyDictionary<string, string> Secrets)
{
    public const string PlainNamespace = "aws:elasticbeanstalk:application:environment";

    public const string SecretNamespace = "aws:elasticbeanstalk:application:environmentsecrets";

    /// <summary>Reads option settings: a JSON array of [namespace, option, value].</summary>
    public static CurrentProperties Parse(string json)
    {
        var settings = json.Length == 0 ? [] : JsonSerializer.Deserialize<string?[][]>(json) ?? [];
        return new(Of(PlainNamespace), Of(SecretNamespace));

        Dictionary<string, string> Of(string @namespace) => settings
            .Where(setting => setting[0] == @namespace && setting[2] is { Length: > 0 })
            .ToDictionary(setting => setting[1]!, setting => setting[2]!);
    }

    public bool Has(string name) => Plain.ContainsKey(name) || Secrets.ContainsKey(name);
}
