using System.Reflection;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What a test changes about an app host: its own arguments, random ports, and the variables of the app host's launch profile.</summary>
internal static class TestSettings
{
    public static void Apply(
        Assembly appHost, string? folder, string[] args, DistributedApplicationOptions options, HostApplicationBuilderSettings settings,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        settings.Args = options.Args = [.. settings.Args ?? [], .. args];
        settings.ApplicationName = options.AssemblyName = appHost.GetName().Name;
        options.InTest = true;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        if (folder is not null && Directory.Exists(folder))
            settings.ContentRootPath = options.ProjectDirectory = folder;
        settings.Configuration ??= new ConfigurationManager();
        Add(settings, new Dictionary<string, string?> { ["DcpPublisher:RandomizePorts"] = "true" });
        configure(options, settings);
        if (folder is not null)
            Add(settings, ProfileVariables(folder, Known(settings)["DOTNET_LAUNCH_PROFILE"]));
    }

    // Arguments and what the test has configured win.
    private static void Add(HostApplicationBuilderSettings settings, Dictionary<string, string?> defaults)
    {
        var known = Known(settings);
        // A list: the configuration asks again, when the defaults are known themselves.
        settings.Configuration!.AddInMemoryCollection([.. defaults.Where(d => known[d.Key] is null)]);
    }

    private static IConfigurationRoot Known(HostApplicationBuilderSettings settings) =>
        new ConfigurationBuilder().AddConfiguration(settings.Configuration!).AddCommandLine(settings.Args ?? []).Build();

    /// <summary>The app host's folder: what its build recorded, else what its generated class says.</summary>
    public static string? Folder(Type entryPoint) => AppHostMetadata.Value(entryPoint.Assembly, "apphostprojectpath")
        ?? entryPoint.GetProperty("ProjectPath", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;

    private static Dictionary<string, string?> ProfileVariables(string folder, string? profileName)
    {
        var profiles = LaunchProfiles.Read(folder)?.Profiles ?? [];
        var (name, profile) = profileName is null ? profiles.FirstOrDefault() : profiles.FirstOrDefault(p => p.Key == profileName);
        if (profile is null)
            return profileName is null ? [] : throw new InvalidOperationException($"The configured launch profile, '{profileName}', was not found in the launch settings file.");
        var variables = new Dictionary<string, string?> { ["DOTNET_LAUNCH_PROFILE"] = name };
        // The dashboard's addresses mean nothing here.
        foreach (var (key, value) in profile.EnvironmentVariables.Where(v => !v.Key.StartsWith("ASPIRE_", StringComparison.Ordinal)))
        {
            variables[key] = value;
            foreach (var prefix in (string[])["DOTNET_", "ASPNETCORE_"])
                if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    variables[key[prefix.Length..]] = value;
        }
        return variables;
    }
}
