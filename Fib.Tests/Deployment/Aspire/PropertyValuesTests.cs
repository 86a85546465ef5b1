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
    private static readonly CurrentProperties None = CurrentProperties.Parse("");

    private readonly List<string> _reported = [];
    private AwsEndpoint _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await AwsEndpoint.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task Options_PlainValue_IsAnEnvironmentPropertyWithoutACall()
    {
        Assert.Equal(
            [("aws:elasticbeanstalk:application:environment", "STORE_CULTURE", "en-US")], await OptionsOfAsync(new(Culture, "en-US"), None));
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public async Task Options_SecretThatExists_GetsANewValue()
    {
        SecretExists();
        _aws.Answer("PutSecretValue", new AwsReply($$"""{"ARN":"{{Arn}}"}"""));
        Assert.Equal(
            [("aws:elasticbeanstalk:application:environmentsecrets", "API_TOKEN", Arn)],
            await OptionsOfAsync(new(Token, "a1B2c3"), Of(CurrentProperties.SecretNamespace, "API_TOKEN", Arn)));
        Assert.Contains(
            "\"SecretId\": \"shop/shop-eb/API_TOKEN\"", Assert.Single(_aws.Calls, call => call.Operation == "PutSecretValue").Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_GeneratedSecretThatExists_KeepsItsValue()
    {
        SecretExists();
        _aws.Answer("DescribeSecret", new AwsReply($$"""{"ARN":"{{Arn}}"}"""));
        var values = Of(new PropertyValue(Token, "a1B2c3", IsGenerated: true));
        Assert.Equal(
            [("aws:elasticbeanstalk:application:environmentsecrets", "API_TOKEN", Arn)], await OptionsAsync(values, None));
        Assert.Equal(["CreateSecret"], _aws.Changes);
        Assert.Equal(["Kept the existing value of API_TOKEN"], _reported);
        Assert.Empty(values.StoredSecrets.Concat(values.Names));
    }

    [Theory]
    [InlineData("STORE_CULTURE", CurrentProperties.PlainNamespace)]
    [InlineData("STORE_CULTURE", CurrentProperties.SecretNamespace)]
    [InlineData("API_TOKEN", CurrentProperties.SecretNamespace)]
    public async Task Options_GeneratedValueOfAPropertyThatTheEnvironmentHas_IsNotSet(string name, string @namespace)
    {
        var property = name == Token.Name ? Token : Culture;
        Assert.Empty(await OptionsOfAsync(new(property, "a1B2c3", IsGenerated: true), Of(@namespace, name, "existing")));
        Assert.Equal([$"Kept the existing value of {name}"], _reported);
        Assert.Empty(_aws.Calls);
    }

    [Fact]
    public async Task Options_GeneratedValueOfAPlainPropertyThatBecomesASecret_IsThatOfTheProperty()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _aws.Answer("CreateSecret", new AwsReply($$"""{"ARN":"{{Arn}}"}"""));
        await OptionsOfAsync(new(Token, "a1B2c3", IsGenerated: true), Of(CurrentProperties.PlainNamespace, "API_TOKEN", "existing"));
        Assert.Contains("\"SecretString\": \"existing\"", Assert.Single(_aws.Calls).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "a1B2c3", CurrentProperties.PlainNamespace, true)]
    [InlineData(true, "a1B2c3", CurrentProperties.SecretNamespace, false)]
    [InlineData(true, "", CurrentProperties.SecretNamespace, false)]
    [InlineData(false, "a1B2c3", CurrentProperties.SecretNamespace, true)]
    [InlineData(false, "a1B2c3", CurrentProperties.PlainNamespace, false)]
    [InlineData(false, "", CurrentProperties.PlainNamespace, true)]
    [InlineData(false, "", CurrentProperties.SecretNamespace, true)]
    public async Task Changes_PropertyWithAnotherKindOfValueOrNone_RemoveTheEarlierValue(
        bool secret, string value, string @namespace, bool removed)
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _aws.Answer("CreateSecret", new AwsReply($$"""{"ARN":"{{Arn}}"}"""));
        var property = secret ? Token : Culture with { Default = "" };
        var values = Of(new PropertyValue(property, value));
        values.RemoveEarlier(Of(@namespace, property.Name, "earlier"));
        var changes = await values.ChangesAsync(CancellationToken.None);
        Assert.Equal(removed ? [$"Namespace={@namespace},OptionName={property.Name}"] : [], changes.Removed);
    }

    [Fact]
    public void Check_ValueThatIsTooLong_IsRejected()
    {
        var failure = Assert.Throws<DeploymentException>(Of(new PropertyValue(Culture, new string('a', 257))).Check);
        Assert.Equal("STORE_CULTURE is longer than the 256 characters of an environment property.", failure.Message);
    }

    private void SecretExists()
    {
        Assert.SkipUnless(Command.Exists("aws"), "aws (package awscli) is not installed");
        _aws.Answer("CreateSecret", AwsReply.RefusedJson("ResourceExistsException", "it exists"));
    }

    private static CurrentProperties Of(string @namespace, string name, string value) =>
        CurrentProperties.Parse(new JsonArray(new JsonArray(@namespace, name, value)).ToJsonString());

    private PropertyValues Of(params PropertyValue[] values) =>
        new(new AwsCli("eu-west-1", AwsVariables.Of(_aws)), "shop", "shop-eb", values, _reported.Add);

    private Task<IEnumerable<(string, string, string)>> OptionsOfAsync(PropertyValue value, CurrentProperties current) =>
        OptionsAsync(Of(value), current);

    private static async Task<IEnumerable<(string, string, string)>> OptionsAsync(PropertyValues values, CurrentProperties current)
    {
        values.KeepExisting(current);
        values.RemoveEarlier(current);
        var options = await values.ChangesAsync(CancellationToken.None);
        return JsonNode.Parse(options.Settings ?? "[]")!.AsArray().Select(option =>
            (option!["Namespace"]!.GetValue<string>(), option["OptionName"]!.GetValue<string>(), option["Value"]!.GetValue<string>()));
    }
}
