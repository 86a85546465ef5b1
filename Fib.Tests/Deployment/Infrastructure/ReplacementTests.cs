using System.Text.Json;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>
/// Which parameters replace a resource. A resource with a fixed name cannot be replaced, since the old one has the name, and a
/// replaced database is empty.
/// </summary>
public class ReplacementTests
{
    private static readonly Template Beanstalk = Template.Load("infrastructure.yaml");

    [Theory]
    [InlineData("StoresGroup", "VpcId")]
    [InlineData("InstancesGroup", "VpcId")]
    [InlineData("DatabaseSubnets")]
    [InlineData("Database", "Name")]
    [InlineData("CacheSubnets")]
    [InlineData("Cache", "CacheEngine", "Name")]
    [InlineData("Environment", "EnvironmentName", "Name")]
    public void Resource_IsReplacedOnlyByChangesOf(string resource, params string[] parameters)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Equal(parameters, Replacing(resource, Schema.Find()!).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The parameters of the properties whose change replaces a resource, and of the resources that those refer to.</summary>
    private static IEnumerable<string> Replacing(string resource, Schema schema)
    {
        var known = schema.Resource(Beanstalk.TypeOf(resource))!.Value.GetProperty("properties");
        return Beanstalk.Properties(resource).Where(property => Replaces(known.GetProperty(property.Key)))
            .SelectMany(property => Reference.In(property.Value)).SelectMany(reference => Parameters(reference, schema));
    }

    private static bool Replaces(JsonElement property) =>
        property.TryGetProperty("causesReplacement", out var replaces) && replaces.GetString() == "yes";

    private static IEnumerable<string> Parameters(Reference reference, Schema schema) => reference switch
    {
        { Kind: "Condition" } => Reference.In(Beanstalk.Conditions[reference.Target]).SelectMany(part => Parameters(part, schema)),
        { Target: var name } when Beanstalk.Parameters.ContainsKey(name) => [name],
        { Target: var name } when Beanstalk.Resources.ContainsKey(name) => Replacing(name, schema),
        _ => [],
    };
}
