using Fib.ServiceDefaults.Settings;

namespace Fib.Tests.Unit.ServiceDefaults.Settings;

public sealed class ServiceAddressesTests
{
    [Theory]
    [InlineData("http://api:5000", null)]
    [InlineData("https://localhost:7001", "http://localhost:7002")]
    public void Check_AbsoluteAddresses_AreValid(string first, string? second) => Check(("0", first), ("1", second));

    [Theory]
    [InlineData("0", null)]
    [InlineData("0", "")]
    [InlineData("0", "api:5000")]
    [InlineData("0", "/api")]
    [InlineData("0", "ftp://api")]
    [InlineData("0", "http://")]
    [InlineData("1", "nonsense")]
    [InlineData("1", "")]
    public void Check_OtherValue_OneLineNamesTheVariable(string number, string? text)
    {
        var exception = Assert.Throws<SettingException>(() => Check(("0", "http://api:5000"), (number, text)));
        Assert.Contains($"services__api__http__{number}", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    /// <summary>If a replica is given twice, the last text applies.</summary>
    private static void Check(params IEnumerable<(string Number, string? Text)> replicas) =>
        Support.Settings.Of([.. replicas
            .GroupBy(replica => replica.Number, (number, texts) => ($"services:api:http:{number}", texts.Last().Text))
            .Where(replica => replica.Text is not null)])
            .CheckServiceAddresses("api");
}
