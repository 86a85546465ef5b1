using System.Text.Json.Nodes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment;

/// <summary>azure-pipelines.yml and its templates.</summary>
internal static class Pipeline
{
    public static readonly string[] Files = ["azure-pipelines.yml", "deploy/pipelines/settings.yml", "deploy/pipelines/prepare.yml"];

    /// <summary>The variable with the seconds of the role session that the tasks of the AWS Toolkit request.</summary>
    public const string RoleSessionDuration = "aws.rolecredential.maxduration";

    public static JsonNode Root { get; } = Read(Files[0]);

    /// <summary>The stages by name.</summary>
    public static Dictionary<string, JsonObject> Stages { get; } =
        Root["stages"]!.AsArray().ToDictionary(stage => stage!["stage"]!.GetValue<string>(), stage => stage!.AsObject());

    /// <summary>The values in deploy/pipelines/settings.yml, by name.</summary>
    public static Dictionary<string, string> Settings { get; } =
        Read(Files[1])["variables"]!.AsArray().ToDictionary(variable => Text(variable!["name"]), variable => Text(variable!["value"]));

    public static JsonNode Read(string file) => YamlTree.ReadTexts(Text(file));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    public static string Text(JsonNode? node) => node!.GetValue<string>();

    /// <summary>The steps of a stage, without the steps of its templates.</summary>
    public static IEnumerable<JsonObject> Steps(string stage) =>
        Find(Stages[stage], "steps").SelectMany(steps => steps!.AsArray()).Select(step => step!.AsObject());

    /// <summary>The values of a key, at any depth.</summary>
    public static IEnumerable<JsonNode?> Find(JsonNode? node, string key) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == key ? [member.Value] : Find(member.Value, key)),
        JsonArray items => items.SelectMany(item => Find(item, key)),
        _ => [],
    };
}
