using System.IO.Compression;
using System.Text.RegularExpressions;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Platform;

namespace Fib.Hosting.ElasticBeanstalk.Deploying;

/// <summary>Reads from a source bundle which properties the environment must have.</summary>
internal static partial class RequiredProperties
{
    /// <exception cref="DeploymentException">
    /// The environment does not have properties that the bundle needs, and the deployment does not set them.
    /// </exception>
    public static void Check(string zip, CurrentProperties current, PropertyValues? values, string environment)
    {
        var missing = string.Join(", ", Of(zip).Where(name => !current.Has(name) && values?.Names.Contains(name) != true));
        if (missing.Length > 0)
            throw new DeploymentException(
                $"{environment} was not changed: it has no value for required properties of the bundle: {missing}. Set them in the " +
                "environment's configuration; ENVIRONMENT.md beside the bundle describes them.");
    }

    /// <summary>
    /// The properties without which docker-compose.yml or the registry login fails. A name in a file of the app's own, which may set it,
    /// is left out.
    /// </summary>
    private static List<string> Of(string zip)
    {
        using var bundle = ZipFile.OpenRead(zip);
        var compose = Placeholder().Matches(Read(bundle.GetEntry("docker-compose.yml")!)).Select(match => match.Groups["name"].Value);
        var login = bundle.Entries.Any(entry => entry.FullName.EndsWith(Hooks.LoginPath, StringComparison.Ordinal))
            ? [PlatformSettings.RegistryUser.Name, PlatformSettings.RegistryPassword.Name]
            : (string[])[];
        var settable = bundle.Entries.Where(CanSetProperties).SelectMany(entry => Word().Matches(Read(entry))).Select(word => word.Value);
        return [.. compose.Concat(login).Except(settable).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a file can set properties; the publisher's own hooks only read them.</summary>
    private static bool CanSetProperties(ZipArchiveEntry file) =>
        (file.FullName.StartsWith(".ebextensions/", StringComparison.Ordinal)
            || file.FullName.StartsWith(".platform/", StringComparison.Ordinal))
        && !file.FullName.EndsWith(Hooks.LoginPath, StringComparison.Ordinal)
        && !file.FullName.EndsWith(Hooks.PropertiesPath, StringComparison.Ordinal);

    private static string Read(ZipArchiveEntry file)
    {
        using var reader = new StreamReader(file.Open());
        return reader.ReadToEnd();
    }

    /// <summary>A placeholder such as <c>${NAME:?message}</c>; <c>$$</c> is an escaped dollar sign.</summary>
    [GeneratedRegex(@"(?<!\$)(?:\$\$)*\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*):?\?")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
