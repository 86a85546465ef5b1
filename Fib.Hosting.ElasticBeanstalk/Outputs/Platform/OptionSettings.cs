using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>An <c>.ebextensions</c> file (Elastic Beanstalk Developer Guide, "General options for all environments"). What is set on the environment itself wins over it.</summary>
/// <param name="OptionValues">Namespace, option, value.</param>
internal sealed record OptionSettings([property: YamlDotNet.Serialization.YamlMember(Alias = "option_settings", ApplyNamingConventions = false)] IReadOnlyDictionary<string, IReadOnlyDictionary<string, QuotedText>> OptionValues)
{
    public static OptionSettings Of(PlatformSettings platform) => new(Common(platform));

    /// <summary>With the defaults of properties, for a platform whose description of containers cannot say them.</summary>
    public static OptionSettings WithDefaults(Bundle bundle)
    {
        var settings = Common(bundle.Platform);
        var defaults = bundle.Properties.Where(property => property.Default is { Length: > 0 }).ToDictionary(property => property.Name, property => new QuotedText(property.Default!));
        if (defaults.Count > 0)
            settings["aws:elasticbeanstalk:application:environment"] = defaults;
        return new OptionSettings(settings);
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, QuotedText>> Common(PlatformSettings platform) => new(StringComparer.Ordinal)
    {
        ["aws:elasticbeanstalk:application"] = Options(("Application Healthcheck URL", platform.HealthCheckPath)),
        ["aws:elasticbeanstalk:cloudwatch:logs"] = Options(
            ("DeleteOnTerminate", "false"), ("RetentionInDays", platform.LogDays.ToString(CultureInfo.InvariantCulture)), ("StreamLogs", "true")),
        ["aws:elasticbeanstalk:command"] = Options(("DeploymentPolicy", platform.DeploymentPolicy), ("Timeout", "600")),
        ["aws:elasticbeanstalk:environment:process:default"] = Options(
            ("DeregistrationDelay", "20"), ("HealthCheckPath", platform.HealthCheckPath), ("MatcherHTTPCode", "200"), ("Port", "80"), ("Protocol", "HTTP")),
        ["aws:elasticbeanstalk:healthreporting:system"] = Options(("SystemType", "enhanced")),
    };

    private static Dictionary<string, QuotedText> Options(params ReadOnlySpan<(string Name, string Value)> options)
    {
        var values = new Dictionary<string, QuotedText>();
        foreach (var (name, value) in options)
            values.Add(name, new QuotedText(value));
        return values;
    }
}
