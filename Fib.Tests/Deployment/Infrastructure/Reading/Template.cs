using System.Text.Json.Nodes;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment.Infrastructure.Reading;

/// <summary>A CloudFormation template.</summary>
/// <param name="Text">The file's text, including comments.</param>
internal sealed record Template(string Text)
{
    /// <summary>Parameters that CloudFormation predefines (User Guide, "Pseudo parameters reference").</summary>
    public static readonly HashSet<string> Pseudo =
    [
        "AWS::AccountId", "AWS::NoValue", "AWS::NotificationARNs", "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName",
        "AWS::URLSuffix",
    ];

    public JsonObject Root { get; } = TemplateYaml.Read(Text);

    public JsonObject Parameters => Section("Parameters");

    public JsonObject Mappings => Section("Mappings");

    public JsonObject Conditions => Section("Conditions");

    public JsonObject Resources => Section("Resources");

    public JsonObject Outputs => Section("Outputs");

    public static string Path(string name) => global::System.IO.Path.Combine(Repository.Root, "deploy", name);

    public static Template Load(string name) => new(File.ReadAllText(Path(name)));

    /// <summary>A section; empty if the template does not have it.</summary>
    public JsonObject Section(string name) => Root[name]?.AsObject() ?? [];

    public JsonObject Properties(string resource) => Resources[resource]!["Properties"]?.AsObject() ?? [];

    public string TypeOf(string resource) => Resources[resource]!["Type"]!.GetValue<string>();

    /// <summary>The names of the resources of a type.</summary>
    public IEnumerable<string> OfType(string type) =>
        Resources.Select(resource => resource.Key).Where(name => TypeOf(name) == type);
}
