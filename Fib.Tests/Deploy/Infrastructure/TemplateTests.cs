using System.Text;
using Fib.Tests.Deploy.Infrastructure.Checking;
using Fib.Tests.Deploy.Infrastructure.Reading;

namespace Fib.Tests.Deploy.Infrastructure;

/// <summary>The templates hold together. What only AWS can say is not asked: <c>aws cloudformation validate-template</c> needs an account.</summary>
public class TemplateTests
{
    public static readonly TheoryData<string> Names = ["infrastructure.yaml", "ecs-infrastructure.yaml"];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Properties_AreThoseOfThePublicSchemas(string name)
    {
        Skip.If(Schema.Find() is null, Schema.WhyMissing);
        Assert.Empty(PropertyCheck.Problems(Template.Load(name), Schema.Find()!));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void References_NameWhatIsDeclared(string name)
    {
        Skip.If(Schema.Find() is null, Schema.WhyMissing);
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

    /// <summary>CloudFormation User Guide, quotas: a template in the body of a call may have 51,200 bytes; a larger one has to be on S3.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Text_IsSmallEnoughForTheBodyOfACall(string name) => Assert.InRange(Encoding.UTF8.GetByteCount(Template.Load(name).Text), 1, 51_200);
}
