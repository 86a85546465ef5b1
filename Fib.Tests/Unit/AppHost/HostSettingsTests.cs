using Aspire.Hosting;
using Fib.AppHost;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.AppHost;

public sealed class HostSettingsTests
{
    [Fact]
    public void Read_Defaults_KeepDataInVolumesAndUsePort3050() =>
        Assert.Equal(new HostSettings(3050, 1, null, true), HostSettings.Read(Settings.Of()));

    [Fact]
    public void Read_DataNone_KeepsNoData() =>
        Assert.Equal(new HostSettings(3050, 1, null, false), HostSettings.Read(Settings.Of(("Data", "none"))));

    [Fact]
    public void Read_ADirectory_IsMadeAbsolute()
    {
        var settings = HostSettings.Read(Settings.Of(("Data", "here"), ("Port", "4000"), ("Workers", "3")));
        Assert.Equal(new HostSettings(4000, 3, Path.GetFullPath("here"), true), settings);
    }

    [Theory]
    [InlineData("Port", "65536")]
    [InlineData("Port", "-1")]
    [InlineData("Port", "http")]
    [InlineData("Workers", "0")]
    [InlineData("Workers", "65")]
    [InlineData("Workers", "two")]
    public void Read_Invalid_NamesTheSetting(string name, string value)
    {
        var exception = Assert.Throws<DistributedApplicationException>(() => HostSettings.Read(Settings.Of((name, value))));
        Assert.StartsWith($"{name} is '{value}'", exception.Message, StringComparison.Ordinal);
    }
}
