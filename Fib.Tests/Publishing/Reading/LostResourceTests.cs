using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Resources that a bundle cannot contain, such as the stacks of the AWS integration and the components of Dapr.</summary>
public sealed class LostResourceTests : AppModelTests
{
    private const string Warning = "warning: stack: resource: a bundle cannot contain a Stack: deploy it separately, pass its values to " +
        "the services with PublishAsElasticBeanstalkService(service => service.WithProperties(...)), and call ExcludeFromManifest on it.";

    [Fact]
    public async Task Read_WaitForAResourceThatABundleCannotContain_IsOneWarning()
    {
        var stack = AddStack();
        AddShop().WaitFor(stack);
        AddFront().WaitFor(stack).WithReferenceRelationship(stack);
        Assert.Equal([Warning], await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ResourceWithAnEntryInTheManifest_IsAWarning()
    {
        AddStack().WithManifestPublishingCallback(_ => { });
        Assert.Equal([Warning], await ProblemsAsync());
    }

    /// <summary>Excluded from the manifest, it would be missing in the other environment too.</summary>
    [Fact]
    public async Task Read_ResourceThatOnlyAnotherEnvironmentMayNeed_IsNone()
    {
        Builder.AddElasticBeanstalkEnvironment("other");
        AddShop().WithComputeEnvironment(Environment);
        AddStack().WithManifestPublishingCallback(_ => { });
        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ExcludedResource_IsNone()
    {
        AddShop().WaitFor(AddStack().ExcludeFromManifest());
        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ValuesAndExistingResources_AreNone()
    {
        var store = Builder.AddPostgres("server").PublishAsExisting().AddDatabase("store");
        AddShop()
            .WithReference(store).WaitFor(store)
            .WithReference(Builder.AddConnectionString("mail"))
            .WithReference(Builder.AddExternalService("bank", "https://bank.example.com"))
            .WithReference(AddFront().GetEndpoint("http"))
            .WithEnvironment("COLOUR", Builder.AddParameter("colour"));
        Assert.Empty(await ProblemsAsync());
    }

    [Theory]
    [InlineData("{stack.output.Topic}")]
    [InlineData("arn:{stack.outputs.Topic}")]
    public async Task Read_TextOfAnOutput_IsReported(string text)
    {
        AddStack();
        AddShop().WithEnvironment("TOPIC", text);
        Assert.Equal(
            [$"shop: environment variable TOPIC: '{text}' is an output of the resource 'stack', whose value a bundle does not know: set " +
            "it to a property with PublishAsElasticBeanstalkService(service => service.WithEnvironment(name, new " +
            "EnvironmentProperty(...)))."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_TextOfAnOutputThatTheServiceReplaces_IsNoProblem()
    {
        AddStack();
        AddShop().WithEnvironment("TOPIC", "{stack.output.Topic}").PublishAsElasticBeanstalkService(
            service => service.WithProperties(new EnvironmentProperty("TOPIC", "the topic")));
        AddFront().WithEnvironment("LOG_FORMAT", "{log.output.level}");
        Assert.Empty(await ProblemsAsync());
    }

    private IResourceBuilder<Stack> AddStack() => Builder.AddResource(new Stack("stack"));

    private sealed class Stack(string name) : Resource(name), IResourceWithWaitSupport;
}
