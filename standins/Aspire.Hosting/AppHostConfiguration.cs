using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting;

/// <summary>Reads the command line and adds what integrations expect to find in configuration.</summary>
internal static class AppHostConfiguration
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--yes"] = "Pipeline:SkipConfirmation",
    };

    public static DistributedApplicationExecutionContextOptions Apply(
        ConfigurationManager configuration, DistributedApplicationOptions options, string directory, string path, string name)
    {
        configuration.AddCommandLine(options.Args ?? [], Switches);
        var mode = Mode(configuration);
        var pathHash = Hash(path.ToLowerInvariant());
        var nameHash = Hash(name);
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AppHost:Directory"] = directory,
            ["AppHost:Path"] = path,
            ["AppHost:PathSha256"] = pathHash,
            ["AppHost:ProjectNameSha256"] = nameHash,
            ["AppHost:Sha256"] = mode.Operation == DistributedApplicationOperation.Publish ? nameHash : pathHash,
        });
        return mode;
    }

    private static DistributedApplicationExecutionContextOptions Mode(ConfigurationManager configuration)
    {
        var publisher = configuration["Publishing:Publisher"];
        if ("manifest".Equals(publisher, StringComparison.OrdinalIgnoreCase) || configuration["Pipeline:Step"] == "publish-manifest")
            throw new HostRefusal("The manifest publisher is part of the real Aspire packages; this stand-in does not write manifests.");
        return configuration["AppHost:Operation"]?.ToLowerInvariant() switch
        {
            "publish" => new(DistributedApplicationOperation.Publish, publisher ?? "manifest"),
            null when publisher is not null => new(DistributedApplicationOperation.Publish, publisher),
            null or "run" => new(DistributedApplicationOperation.Run),
            _ => throw new HostRefusal("Invalid operation specified. Valid operations are 'publish' or 'run'."),
        };
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
