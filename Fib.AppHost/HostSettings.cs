using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Fib.AppHost;

/// <summary>The settings of a run from command line or environment: <c>--Port</c>, <c>--Data</c>, <c>--Workers</c>.</summary>
/// <param name="Port">The gateway's port; 0 for any free port.</param>
/// <param name="Workers">The number of workers that share the backlog.</param>
/// <param name="DataDirectory">The directory of the stores' data; null for named volumes.</param>
/// <param name="KeepsData">Whether the stores keep their data after the run.</param>
internal sealed record HostSettings(int Port, int Workers, string? DataDirectory, bool KeepsData)
{
    private const int DefaultPort = 3050;
    private const string NoData = "none";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="DistributedApplicationException">A setting is invalid; the message contains its name.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        var data = configuration["Data"];
        var keepsData = data != NoData;
        return new HostSettings(
            ReadNumber(configuration, "Port", DefaultPort, 0, 65535),
            ReadNumber(configuration, "Workers", 1, 1, 64),
            keepsData && !string.IsNullOrEmpty(data) ? Path.GetFullPath(data) : null,
            keepsData);
    }

    private static int ReadNumber(IConfiguration configuration, string name, int defaultValue, int min, int max)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return defaultValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new DistributedApplicationException($"{name} is '{text}': it must be a whole number from {min} to {max}.");
    }
}
