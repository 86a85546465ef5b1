using System.IO.Compression;
using System.Text.Json;
using Fib.Tests.Support;

namespace Fib.Tests.Deployment.Infrastructure.Reading;

/// <summary>CloudFormation's public resource types, from the npm package <c>@aws-cdk/aws-service-spec</c>.</summary>
internal sealed class Schema
{
    public const string WhyMissing = "Fib.Tests/npm has no @aws-cdk/aws-service-spec; ./fib test installs it if npm reaches its registry";

    private static readonly Lazy<Schema?> Cached = new(Read);

    private readonly Dictionary<string, JsonElement> _resources;
    private readonly Dictionary<string, JsonElement> _definitions;

    private Schema(JsonElement database)
    {
        _resources = Entities(database, "resource").ToDictionary(resource => resource.GetProperty("cloudFormationType").GetString()!);
        _definitions = Entities(database, "typeDefinition").ToDictionary(definition => definition.GetProperty("$id").GetString()!);
    }

    /// <summary>The schema; null if the package is not installed.</summary>
    public static Schema? Find() => Cached.Value;

    /// <summary>A resource type; null if it is unknown.</summary>
    public JsonElement? Resource(string type) => _resources.TryGetValue(type, out var resource) ? resource : null;

    /// <summary>The definition that a property's type refers to.</summary>
    public JsonElement Definition(JsonElement type) => _definitions[type.GetProperty("reference").GetProperty("$ref").GetString()!];

    private static Schema? Read()
    {
        var path = Path.Combine(Repository.Root, "Fib.Tests", "npm", "node_modules", "@aws-cdk", "aws-service-spec", "db.json.gz");
        if (!File.Exists(path))
            return null;
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return new Schema(JsonDocument.Parse(file).RootElement.GetProperty("schema"));
    }

    private static JsonElement.ArrayEnumerator Entities(JsonElement database, string kind) =>
        database.GetProperty(kind).GetProperty("entities").EnumerateArray();
}
