using Fib.Chaos;

namespace Fib.Tests.Chaos;

public sealed class ChaosArgumentsTests
{
    [Fact]
    public void Read_Nothing_ThreeMinutesOfTwoEach() =>
        Assert.Equal(new ChaosArguments(180, 0, 2, 2), ChaosArguments.Read([]) with { Seed = 0 });

    [Fact]
    public void Read_Everything_IsTaken() =>
        Assert.Equal(new ChaosArguments(20, 7, 1, 3), ChaosArguments.Read(["--seed", "7", "--seconds", "20", "--workers", "3", "--apis", "1"]));

    [Fact]
    public void Read_TheOutsider_HasNoValue() =>
        Assert.Equal(new ChaosArguments(20, 7, 3, 3, Outsider: true), ChaosArguments.Read(["--outsider", "--seed", "7", "--seconds", "20", "--workers", "3", "--apis", "3"]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToString_IsReadAsTheSame(bool outsider)
    {
        var arguments = new ChaosArguments(20, 7, 1, 3, Outsider: outsider);
        Assert.Equal(arguments, ChaosArguments.Read(arguments.ToString().Split(' ')));
    }

    [Theory]
    [InlineData("--seconds 4", "--seconds is '4': it must be a whole number from 5 to 86400.")]
    [InlineData("--seconds", "--seconds has no value: it must be a whole number from 5 to 86400.")]
    [InlineData("--seed x", "--seed is 'x': it must be a whole number from 0 to 2147483647.")]
    [InlineData("--apis 9", "--apis is '9': it must be a whole number from 1 to 8.")]
    [InlineData("--workers 0", "--workers is '0': it must be a whole number from 1 to 8.")]
    [InlineData("--sead 1", "chaos does not know '--sead': it takes --seconds, --seed, --apis, --workers and --logs, each with a value, and --outsider.")]
    [InlineData("--outsider 3", "chaos does not know '3': it takes --seconds, --seed, --apis, --workers and --logs, each with a value, and --outsider.")]
    [InlineData("--logs", "--logs has no value: it must be a folder.")]
    public void Read_Wrong_SaysWhatIsRight(string arguments, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => ChaosArguments.Read(arguments.Split(' '))).Message);
}
