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
            [("aws:elasticbeanstalk:application:environment", "STORE_CULTURE", "en-US")],
            await OptionsOfAsync(new(Culture, "en-US"), None));
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

    [Theory]
    [InlineData("'en-US'")]
    [InlineData("\"en-US\"")]
    [InlineData(" en-US")]
    [InlineData("en-US ")]
    [InlineData("en-US #1")]
    public void Check_ValueThatComposeChanges_IsRejectedWithoutBeingShown(string value)
    {
        var failure = Assert.Throws<DeploymentException>(Of(new PropertyValue(Culture, value)).Check);
        Assert.Equal(
            "STORE_CULTURE would arrive changed: its value must not begin with a quote, begin or end with a blank, or contain a blank " +
            "before #.", failure.Message);
        Of(new PropertyValue(Token, value)).Check();
    }

    [Theory]
    [InlineData("it's en-US#1")]
    [InlineData("$en-US")]
    public void Check_ValueThatArrivesUnchanged_IsAccepted(string value) => Of(new PropertyValue(Culture, value)).Check();

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void CheckTotal_PlainPropertiesOfTheEnvironmentAndTheParameters_HaveAtMost4096Bytes(int count, bool fails)
    {
        // Each property has 241 bytes as NAME=value.
        var value = new string('ä', 48) + new string('a', 141);
        var names = Enumerable.Range(10, count).Select(index => $"P{index}").ToList();
        var current = new CurrentProperties(
            names.Take(8).Append("API_TOKEN").ToDictionary(name => name, _ => value), new Dictionary<string, string>());
        var values = Of([
            .. names.Skip(7).Select(name => new PropertyValue(new(name, "a value"), value)), new PropertyValue(Token, value)]);
        values.RemoveEarlier(current);
        if (!fails)
        {
            values.CheckTotal(current);
            return;
        }
        Assert.Equal(
            "shop-eb was not changed: its plain properties would have 4097 bytes as NAME=value, more than the 4096 that Elastic " +
            "Beanstalk allows. Make long values secrets.", Assert.Throws<DeploymentException>(() => values.CheckTotal(current)).Message);
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
