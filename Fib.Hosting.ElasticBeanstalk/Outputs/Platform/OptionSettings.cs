using System.Globalization;
using Fib.Hosting.ElasticBeanstalk.Compose;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

/// <summary>
/// An <c>.ebextensions</c> file (Elastic Beanstalk Developer Guide, "General options for all environments"). Settings of the environment
/// override it.
/// </summary>
/// <param name="OptionValues">Namespace, option, value.</param>
internal sealed record OptionSettings(
    [property: YamlDotNet.Serialization.YamlMember(Alias = "option_settings", ApplyNamingConventions = false)]
    IReadOnlyDictionary<string, SortedDictionary<string, QuotedText>> OptionValues)
{
    public static OptionSettings Of(Bundle bundle) => new(Common(bundle));

    /// <summary>Adds the defaults of properties, for a platform whose container definitions cannot express them.</summary>
    public static OptionSettings WithDefaults(Bundle bundle)
    {
        var settings = Common(bundle);
        foreach (var property in bundle.Properties.Where(property => property.Default is { Length: > 0 }))
            Set(settings, new OptionSetting("aws:elasticbeanstalk:application:environment", property.Name, property.Default!));
        return new OptionSettings(settings);
    }

    private static SortedDictionary<string, SortedDictionary<string, QuotedText>> Common(Bundle bundle)
    {
        var settings = new SortedDictionary<string, SortedDictionary<string, QuotedText>>(StringComparer.Ordinal);
        foreach (var option in Defaults(bundle.Platform).Concat(ForArchitecture(bundle.Architecture)).Concat(bundle.Platform.Options))
            Set(settings, option);
        return settings;
    }

    private static IEnumerable<OptionSetting> Defaults(PlatformSettings platform)
    {
        const string Process = "aws:elasticbeanstalk:environment:process:default";
        yield return new("aws:elasticbeanstalk:application", "Application Healthcheck URL", platform.HealthCheckPath);
        yield return new("aws:elasticbeanstalk:cloudwatch:logs", "DeleteOnTerminate", "false");
        yield return new("aws:elasticbeanstalk:cloudwatch:logs", "RetentionInDays", Number(platform.LogDays));
        yield return new("aws:elasticbeanstalk:cloudwatch:logs", "StreamLogs", "true");
        yield return new("aws:elasticbeanstalk:command", "DeploymentPolicy", platform.DeploymentPolicy);
        yield return new("aws:elasticbeanstalk:command", "Timeout", "600");
        yield return new(Process, "DeregistrationDelay", "20");
        yield return new(Process, "HealthCheckPath", platform.HealthCheckPath);
        yield return new(Process, "MatcherHTTPCode", Number(platform.HealthCheckStatus));
        yield return new(Process, "Port", "80");
        yield return new(Process, "Protocol", "HTTP");
        yield return new("aws:elasticbeanstalk:healthreporting:system", "SystemType", "enhanced");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without this option, Beanstalk starts x86-64 instances.</summary>
    private static IEnumerable<OptionSetting> ForArchitecture(ElasticBeanstalkArchitecture architecture) =>
        architecture == ElasticBeanstalkArchitecture.X64 ? [] : [new("aws:ec2:instances", "SupportedArchitectures", architecture.Ec2Name)];

    private static void Set(SortedDictionary<string, SortedDictionary<string, QuotedText>> settings, OptionSetting option)
    {
        if (!settings.TryGetValue(option.Namespace, out var options))
            settings[option.Namespace] = options = new SortedDictionary<string, QuotedText>(StringComparer.Ordinal);
        options[option.Option] = new QuotedText(option.Value);
    }
}
