using Microsoft.Extensions.Configuration;

namespace Fib.AppHost;

/// <summary>The bundle's settings from command line or environment, in addition to the publisher's own settings.</summary>
/// <param name="IncludesGateway">Whether the YARP gateway is deployed instead of nginx: <c>Beanstalk:Gateway</c> is <c>yarp</c>.</param>
/// <param name="IncludesStores">Whether Redis and PostgreSQL are deployed as containers: <c>Beanstalk:Stores</c> is
/// <c>containers</c>.</param>
internal sealed record BundleSettings(bool IncludesGateway, bool IncludesStores)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="DistributedApplicationException">A setting is invalid; the message contains its name.</exception>
    public static BundleSettings Read(IConfiguration configuration) => new(
        ReadChoice(configuration, $"{ResourceNames.Beanstalk}:Gateway", "nginx", "yarp"),
        ReadChoice(configuration, $"{ResourceNames.Beanstalk}:Stores", "external", "containers"));

    private static bool ReadChoice(IConfiguration configuration, string key, string defaultValue, string alternative)
    {
        var value = configuration[key] is { Length: > 0 } text ? text : defaultValue;
        return value == alternative || (value == defaultValue
            ? false
            : throw new DistributedApplicationException($"{key} is '{value}': it must be {defaultValue} or {alternative}."));
    }
}
