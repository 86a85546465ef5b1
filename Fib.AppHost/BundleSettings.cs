using Microsoft.Extensions.Configuration;

namespace Fib.AppHost;

/// <summary>What the command line or the environment may choose about the bundle beside the publisher's own settings.</summary>
/// <param name="ShipsGateway">Whether the YARP gateway is deployed instead of nginx: <c>Beanstalk:Gateway</c> is <c>yarp</c>.</param>
/// <param name="ShipsStores">Whether Redis and PostgreSQL are deployed as containers: <c>Beanstalk:Stores</c> is <c>containers</c>.</param>
internal sealed record BundleSettings(bool ShipsGateway, bool ShipsStores)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="DistributedApplicationException">One is malformed; the message names it.</exception>
    public static BundleSettings Read(IConfiguration configuration) => new(
        Chooses(configuration, $"{ResourceNames.Beanstalk}:Gateway", "nginx", "yarp"),
        Chooses(configuration, $"{ResourceNames.Beanstalk}:Stores", "external", "containers"));

    private static bool Chooses(IConfiguration configuration, string key, string otherwise, string choice)
    {
        var value = configuration[key] is { Length: > 0 } text ? text : otherwise;
        return value == choice || (value == otherwise
            ? false
            : throw new DistributedApplicationException($"{key} is '{value}': it must be {otherwise} or {choice}."));
    }
}
