using System.Text.RegularExpressions;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>docs/deploy.md, the scripts and the pipeline have the same settings.</summary>
public sealed partial class SettingsTests
{
    private static readonly string[] EnvironmentProperties =
        ["REDIS_HOST", "REDIS_PORT", "PGUSER", "PGHOST", "PGDATABASE", "PGPASSWORD", "PGPORT"];

    [Fact]
    public void Table_NamesAndDefaults_MatchTheScripts()
    {
        var scripts = Known.Select(setting => (setting.Name, setting.Default));
        var table = Table.Where(row => !EnvironmentProperties.Contains(row.Name)).Select(row => (row.Name, row.Default));
        Assert.Equal(scripts.Order(), table.Order());
    }

    [Fact]
    public void Table_HasTheEnvironmentPropertiesOfTheStores() =>
        Assert.Superset(EnvironmentProperties.ToHashSet(), Table.Select(row => row.Name).ToHashSet());

    [Fact]
    public void Scripts_UseExactlyTheKnownSettings()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy"), "*.sh", SearchOption.AllDirectories)
            .SelectMany(script => UsedLine().Matches(File.ReadAllText(script)))
            .SelectMany(call => Name().Matches(call.Value)).Select(name => name.Value).ToHashSet();
        Assert.Equal(Known.Select(setting => setting.Name).Order(), used.Order());
    }

    [Fact]
    public void Pipeline_SetsKnownSettingsToTheirDefaults()
    {
        var known = Known.ToDictionary(setting => setting.Name, setting => setting.Default);
        // Variables of the agent's own tasks.
        string[] others = ["NUGET_PACKAGES", Pipeline.RoleSessionDuration];
        foreach (var (name, value) in Pipeline.Settings.Where(setting => !others.Contains(setting.Key)))
        {
            Assert.Contains(name, known.Keys);
            Assert.True(known[name].Length == 0 || known[name] == value, name);
        }
    }

    [Fact]
    public void Pipeline_SetsEveryRequiredSetting()
    {
        string[] set = [.. Pipeline.Settings.Keys, "DOCKER_PASSWORD", .. EnvironmentProperties];
        var required = Table.Where(row => row.Required.StartsWith("yes", StringComparison.Ordinal));
        Assert.Empty(required.Select(row => row.Name).Except(set));
    }

    private static IEnumerable<(string Name, string Default)> Known =>
        KnownLine().Matches(Pipeline.Text("deploy/lib/settings.sh")).Select(line => (line.Groups[1].Value, line.Groups[2].Value));

    private static IEnumerable<(string Name, string Default, string Required)> Table =>
        from row in Row().Matches(Pipeline.Text("docs/deploy.md"))
        from name in Name().Matches(row.Groups[1].Value)
        select (name.Value, row.Groups[2].Value.Trim(), row.Groups[3].Value.Trim());

    [GeneratedRegex(@"^([A-Z_]+)\|(.*)$", RegexOptions.Multiline)]
    private static partial Regex KnownLine();

    /// <summary>The table's first columns: name, default, required.</summary>
    [GeneratedRegex(@"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| ([^|]*) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^[^#\n]*\bsettings [A-Z].*$", RegexOptions.Multiline)]
    private static partial Regex UsedLine();

    [GeneratedRegex("[A-Z]+(_[A-Z]+)*[A-Z]")]
    private static partial Regex Name();
}
