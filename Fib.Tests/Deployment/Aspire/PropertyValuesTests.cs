using System.Text.Json.Nodes;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

/// <summary>The values of parameters as option settings, with the real <c>aws</c> and an AWS endpoint of the test.</summary>
public sealed class PropertyValuesTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token";

    private static readonly EnvironmentProperty Culture = new("STORE_CULTURE", "the culture");
    private static readonly EnvironmentProperty Token = new("API_TOKEN", "the token") { Secret = true };

    private AwsEndpoint _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await AwsEndpoint.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task Options_PlainValue_IsAnEnvironmentPropertyWithoutACall()
    {
        Assert.Equal([("aws:elasticbeanstalk:application:environment", "STORE_CULTURE", "en-US")], await OptionsAsync((Culture, "en-US")));
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public async Task Options_SecretThatExists_GetsANewValue()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _aws.Answer("CreateSecret", AwsReply.RefusedJson("ResourceExistsException", "it exists"));
        _aws.Answer("PutSecretValue", new AwsReply($$"""{"ARN":"{{Arn}}"}"""));
        Assert.Equal(
            [("aws:elasticbeanstalk:application:environmentsecrets", "API_TOKEN", Arn)], await OptionsAsync((Token, "a1B2c3")));
        Assert.Contains(
            "\"SecretId\": \"shop/shop-eb/API_TOKEN\"", Assert.Single(_aws.Calls, call => call.Operation == "PutSecretValue").Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ValueThatIsTooLong_IsRejected()
    {
        var failure = Assert.Throws<DeploymentException>(Of((Culture, new string('a', 257))).Check);
        Assert.Equal("STORE_CULTURE is longer than the 256 characters of an environment property.", failure.Message);
    }

    private PropertyValues Of(params (EnvironmentProperty, string)[] values) =>
        new(new AwsCli("eu-west-1", AwsVariables.Of(_aws)), "shop", "shop-eb", values);

    private async Task<IEnumerable<(string, string, string)>> OptionsAsync(params (EnvironmentProperty, string)[] values)
    {
        var options = await Of(values).OptionsAsync(CancellationToken.None);
        return JsonNode.Parse(options!)!.AsArray().Select(option =>
            (option!["Namespace"]!.GetValue<string>(), option["OptionName"]!.GetValue<string>(), option["Value"]!.GetValue<string>()));
    }
}
