using Fib.ServiceDefaults.Settings;

namespace Fib.Tests.Unit.ServiceDefaults.Settings;

public sealed class VariablesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Read_UnsetOrEmpty_IsTheDefault(string? value)
    {
        var configuration = Support.Settings.Of(("X", value));
        Assert.Null(configuration.ReadText("X"));
        Assert.Equal(7, configuration.ReadNumber("X", 7, 1, 9));
        Assert.Equal(5432, configuration.ReadPort("X", 5432));
        Assert.False(configuration.ReadSwitch("X"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void ReadRequired_UnsetOrEmpty_ThrowsWithTheDescription(string? value)
    {
        var exception = Assert.Throws<SettingException>(() => Support.Settings.Of(("X", value)).ReadRequired("X", "a name"));
        Assert.Equal("X is not set: it must be a name.", exception.Message);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("65535", 65535)]
    public void ReadPort_WithinBounds_IsTheNumber(string text, int port) =>
        Assert.Equal(port, Support.Settings.Of(("X", text)).ReadPort("X", 0));

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public void ReadPort_OtherValue_ThrowsWithNameAndBounds(string text)
    {
        var exception = Assert.Throws<SettingException>(() => Support.Settings.Of(("X", text)).ReadPort("X", 5432));
        Assert.Equal($"X is '{text}': it must be a whole number from 1 to 65535.", exception.Message);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("false", false)]
    public void ReadSwitch_TrueOrFalse_IsTheValue(string text, bool value) =>
        Assert.Equal(value, Support.Settings.Of(("X", text)).ReadSwitch("X"));

    [Theory]
    [InlineData("1")]
    [InlineData("yes")]
    public void ReadSwitch_OtherValue_ThrowsWithTheName(string text)
    {
        var exception = Assert.Throws<SettingException>(() => Support.Settings.Of(("X", text)).ReadSwitch("X"));
        Assert.Equal($"X is '{text}': it must be true or false.", exception.Message);
    }
}
