using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Values of variables that a bundle cannot express, and their replacement by the service's own values.</summary>
public sealed class InexpressibleValueTests : AppModelTests
{
    [Fact]
    public async Task Read_ValueOfAnUnknownType_IsReportedWithItsRemedy()
    {
        AddShop().WithEnvironment(context => context.EnvironmentVariables["TOPIC"] = new Output());
        Assert.Equal(
            ["shop: environment variable TOPIC: a bundle cannot express a value of the type Output: set it with " +
            "PublishAsElasticBeanstalkService(service => service.WithEnvironment(...)), an argument with service.Command, or use " +
            "AddConnectionString in publish mode."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ValueThatTheServiceReplaces_IsNoProblem()
    {
        AddShop()
            .WithEnvironment(context => context.EnvironmentVariables["TOPIC"] = new Output())
            .WithEnvironment(context => context.EnvironmentVariables["QUEUE"] = new Output())
            .PublishAsElasticBeanstalkService(service => service
                .WithEnvironment("TOPIC", "goods").WithProperties(new EnvironmentProperty("QUEUE", "the queue")));
        Assert.Equal(
            [("QUEUE", null), ("TOPIC", "goods")],
            (await ReadAsync()).Services.Single().Environment.Select(variable => (variable.Name, variable.Text)));
    }

    [Fact]
    public async Task Read_HostUrl_IsItsText()
    {
        AddShop().WithEnvironment(context => context.EnvironmentVariables["TRACES"] = new HostUrl("http://traces.example.com:4317"));
        Assert.Equal("http://traces.example.com:4317", (await ReadAsync()).Services.Single().Environment.Single().Text);
    }

    /// <summary>A value of an integration that the publisher does not know.</summary>
    private sealed record Output : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => "{stack.output.Topic}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new("topic");
    }
}
