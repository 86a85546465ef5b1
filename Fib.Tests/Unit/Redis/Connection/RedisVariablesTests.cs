using Fib.Redis.Connection;
using Fib.ServiceDefaults.Settings;
using StackExchange.Redis;

namespace Fib.Tests.Unit.Redis.Connection;

public sealed class RedisVariablesTests
{
    [Fact]
    public void Read_HostOnly_UsesTheDefaults() =>
        Assert.Equal(new RedisVariables("cache.example:6379", null), Read(("REDIS_HOST", "cache.example")));

    [Fact]
    public void Read_AllVariables_KeepsEveryCharacterOfThePassword()
    {
        var variables = Read(("REDIS_HOST", "cache.example"), ("REDIS_PORT", "6380"), ("REDIS_PASSWORD", "p,w=d "), ("REDIS_TLS", "true"));
        Assert.Equal("p,w=d ", variables.Password);
        var options = ConfigurationOptions.Parse(variables.ConnectionString);
        Assert.True(options.Ssl);
        Assert.Contains("6380", Assert.Single(options.EndPoints).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AConnectionString_TakesPrecedenceOverTheVariables() =>
        Assert.Equal(
            new RedisVariables("there:1,password=x", null),
            Read(
                ("ConnectionStrings:redis", "there:1,password=x"), ("REDIS_HOST", "here"), ("REDIS_PORT", "nonsense"),
                ("REDIS_PASSWORD", "y")));

    [Fact]
    public void Read_AnEmptyConnectionString_CountsAsUnset() =>
        Assert.Equal("here:6379", Read(("ConnectionStrings:redis", ""), ("REDIS_HOST", "here")).ConnectionString);

    [Theory]
    [InlineData("there:1,nonsense=1")]
    [InlineData("there:1,ssl=perhaps")]
    public void Read_AMalformedConnectionString_TheErrorNamesItWithoutItsPassword(string connectionString)
    {
        var exception = Assert.Throws<SettingException>(() => Read(("ConnectionStrings:redis", $"{connectionString},password=secret")));
        Assert.StartsWith("ConnectionStrings__redis", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("REDIS_HOST", "")]
    [InlineData("REDIS_HOST", "here,there")]
    [InlineData("REDIS_HOST", "here:6379")]
    [InlineData("REDIS_PORT", "0")]
    [InlineData("REDIS_PORT", "six")]
    [InlineData("REDIS_TLS", "on")]
    public void Read_MissingOrMalformed_TheErrorNamesTheVariableInOneLine(string name, string value)
    {
        (string, string?)[] settings = name == "REDIS_HOST" ? [(name, value)] : [("REDIS_HOST", "here"), (name, value)];
        var exception = Assert.Throws<SettingException>(() => Read(settings));
        Assert.StartsWith(name, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static RedisVariables Read(params (string Name, string? Value)[] settings) =>
        RedisVariables.Read(Support.Settings.Of(settings), "redis");
}
