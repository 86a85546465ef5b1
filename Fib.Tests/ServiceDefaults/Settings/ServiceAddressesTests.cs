using Fib.ServiceDefaults.Settings;

namespace Fib.Tests.ServiceDefaults.Settings;

public sealed class ServiceAddressTests
{
    [Theory]
    [InlineData("http://api:5000")]
    [InlineData("https://localhost:7001")]
    public void ReadServiceAddress_AnAbsoluteAddress_IsTaken(string text) => Assert.Equal(new Uri(text), Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("api:5000")]
    [InlineData("/api")]
    [InlineData("ftp://api")]
    [InlineData("http://")]
    public void ReadServiceAddress_AnythingElse_SaysInOneLineWhichVariable(string? text)
    {
        var wrong = Assert.Throws<SettingException>(() => Read(text));
        Assert.Contains("services__api__http__0", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    private static Uri Read(string? text) => Support.Settings.Of(("services:api:http:0", text)).ReadServiceAddress("api");
}
