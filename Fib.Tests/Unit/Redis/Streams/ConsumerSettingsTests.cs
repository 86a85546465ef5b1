using Fib.Redis.Streams;
using Fib.ServiceDefaults.Settings;

namespace Fib.Tests.Unit.Redis.Streams;

public sealed class ConsumerSettingsTests
{
    [Theory]
    [InlineData(null, 30_000, 5_000)]
    [InlineData("100", 100, 100)]
    [InlineData("3600000", 3_600_000, 5_000)]
    public void Read_InRange_ReturnsMilliseconds(string? text, int minIdle, int claimInterval)
    {
        var settings = ConsumerSettings.Read(Support.Settings.Of(("Backlog:MinIdle", text)));
        Assert.Equal(
            (double[])[minIdle, claimInterval, 20.0 * minIdle],
            ((TimeSpan[])[settings.MinIdle, settings.ClaimInterval, settings.MaxConsumerIdle]).Select(time => time.TotalMilliseconds));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("3600001")]
    [InlineData("00:00:30")]
    public void Read_AnyOtherValue_TheErrorNamesTheRange(string text)
    {
        var exception = Assert.Throws<SettingException>(() => ConsumerSettings.Read(Support.Settings.Of(("Backlog:MinIdle", text))));
        Assert.Equal($"Backlog:MinIdle is '{text}': it must be a whole number from 100 to 3600000.", exception.Message);
    }
}
