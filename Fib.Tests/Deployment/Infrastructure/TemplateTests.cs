using System.Text;
using System.Text.Json.Nodes;
using Fib.Tests.Deployment.Infrastructure.Checking;
using Fib.Tests.Deployment.Infrastructure.Reading;

namespace Fib.Tests.Deployment.Infrastructure;

/// <summary>Static checks of the templates. <c>aws cloudformation validate-template</c> would need an account.</summary>
public class TemplateTests
{
    public static readonly TheoryData<string> Names = ["infrastructure.yaml", "ecs-infrastructure.yaml"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Properties_MatchThePublicSchemas(string name)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Empty(PropertyCheck.Problems(Template.Load(name), Schema.Find()!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void References_AreDeclared(string name)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Empty(ReferenceCheck.Problems(Template.Load(name), Schema.Find()!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Resources_HaveNoCircularDependencies(string name) => Assert.Empty(Graph.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Resources_ForAnyParameters_ReferToCreatedResources(string name) =>
        Assert.Empty(ConditionCheck.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Policies_AreExplicit(string name) => Assert.Empty(PolicyCheck.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Secrets_AreOnlyReferredTo(string name) => Assert.Empty(SecretCheck.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_Defaults_AreAllowed(string name) => Assert.All(
        Template.Load(name).Parameters.Where(parameter => parameter.Value!["Default"] is not null),
        parameter =>
        {
            var (declared, value) = (parameter.Value!, parameter.Value!["Default"]!.ToString());
            Assert.True(declared["AllowedValues"]?.AsArray().Any(allowed => allowed!.ToString() == value) ?? true, parameter.Key);
            Assert.Matches($"^({declared["AllowedPattern"]?.ToString() ?? ".*"})$", value);
            Assert.InRange((long)value.Length, 0, declared["MaxLength"]?.GetValue<long>() ?? long.MaxValue);
        });

    /// <summary>What a failed creation leaves behind has the names that the next one needs.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Retained_Resources_AreDeletedIfTheirCreationFails(string name)
    {
        var retained = Template.Load(name).Resources.Select(resource => resource.Value!)
            .Where(resource => resource["UpdateReplacePolicy"]?.ToString() == "Retain").ToList();
        Assert.NotEmpty(retained);
        Assert.All(retained, resource => Assert.Equal("RetainExceptOnCreate", resource["DeletionPolicy"]!.ToString()));
        Assert.DoesNotContain("DeletionPolicy: Retain\n", Template.Load(name).Text, StringComparison.Ordinal);
    }

    /// <summary>The characters that EC2 allows in descriptions of groups and rules ("CreateSecurityGroup"); not the apostrophe.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Groups_Descriptions_HaveCharactersThatEc2Allows(string name)
    {
        var template = Template.Load(name);
        var descriptions = template.Resources
            .Where(resource => template.TypeOf(resource.Key).StartsWith("AWS::EC2::SecurityGroup", StringComparison.Ordinal))
            .SelectMany(resource => Descriptions(resource.Value)).ToList();
        Assert.NotEmpty(descriptions);
        Assert.All(descriptions, text => Assert.Matches(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}$", text));
    }

    /// <summary>CloudFormation accepts 51,200 bytes in a request body (User Guide, quotas); a larger template must be on S3.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Text_FitsIntoARequestBody(string name) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Template.Load(name).Text), 1, 51_200);

    private static IEnumerable<string> Descriptions(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair =>
            pair.Key is "Description" or "GroupDescription" ? [pair.Value!.ToString()] : Descriptions(pair.Value)),
        JsonArray list => list.SelectMany(Descriptions),
        _ => [],
    };
}
