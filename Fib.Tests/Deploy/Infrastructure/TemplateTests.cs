using System.Text;
using System.Text.Json.Nodes;
using Fib.Tests.Deploy.Infrastructure.Checking;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary>The templates hold together. What only AWS can say is not asked: <c>aws cloudformation validate-template</c> needs an account.</summary>
public class TemplateTests
{
    public static readonly TheoryData<string> Names = ["infrastructure.yaml", "ecs-infrastructure.yaml"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Properties_AreThoseOfThePublicSchemas(string name)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Empty(PropertyCheck.Problems(Template.Load(name), Schema.Find()!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void References_NameWhatIsDeclared(string name)
    {
        Assert.SkipWhen(Schema.Find() is null, Schema.WhyMissing);
        Assert.Empty(ReferenceCheck.Problems(Template.Load(name), Schema.Find()!));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Resources_DoNotWaitForEachOther(string name) => Assert.Empty(Graph.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Resources_WhateverTheParametersSay_NameNoneThatIsAbsent(string name) => Assert.Empty(ConditionCheck.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Policies_SpellOutWhatTheyAllow(string name) => Assert.Empty(PolicyCheck.Problems(Template.Load(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Secrets_AreReferredToOnly(string name) => Assert.Empty(SecretCheck.Problems(Template.Load(name)));

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

    /// <summary>What EC2 takes in the description of a group or a rule ("CreateSecurityGroup"): no apostrophe, for one.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Groups_Descriptions_AreOfTheCharactersThatEc2Takes(string name)
    {
        var template = Template.Load(name);
        var said = template.Resources.Where(resource => template.TypeOf(resource.Key).StartsWith("AWS::EC2::SecurityGroup", StringComparison.Ordinal)).SelectMany(resource => Descriptions(resource.Value)).ToList();
        Assert.NotEmpty(said);
        Assert.All(said, text => Assert.Matches(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}$", text));
    }

    /// <summary>CloudFormation User Guide, quotas: a template in the body of a call may have 51,200 bytes; a larger one has to be on S3.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Text_IsSmallEnoughForTheBodyOfACall(string name) => Assert.InRange(Encoding.UTF8.GetByteCount(Template.Load(name).Text), 1, 51_200);

    private static IEnumerable<string> Descriptions(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => pair.Key is "Description" or "GroupDescription" ? [pair.Value!.ToString()] : Descriptions(pair.Value)),
        JsonArray list => list.SelectMany(Descriptions),
        _ => [],
    };
}
