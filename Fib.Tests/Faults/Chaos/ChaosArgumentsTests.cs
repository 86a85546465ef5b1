using Fib.Chaos;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Faults.Chaos;

public sealed class ChaosArgumentsTests
{
    private const string Accepted = ": chaos accepts --seconds, --seed, --apis, --workers and --logs, each with a value, and --tampering.";

    [Fact]
    public void Read_NoArguments_UsesTheDefaults() =>
        Assert.Equal(new ChaosArguments(180, 0, 2, 2), ChaosArguments.Read([]) with { Seed = 0 });

    [Fact]
    public void Read_AllArguments_UsesThem() =>
        Assert.Equal(
            new ChaosArguments(20, 7, 1, 3), ChaosArguments.Read(["--seed", "7", "--seconds", "20", "--workers", "3", "--apis", "1"]));

    [Fact]
    public void Read_TamperingOption_HasNoValue() =>
        Assert.Equal(
            new ChaosArguments(20, 7, 3, 3, Tampering: true),
            ChaosArguments.Read(["--tampering", "--seed", "7", "--seconds", "20", "--workers", "3", "--apis", "3"]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToString_ReadAgain_GivesTheSameArguments(bool tampering)
    {
        var arguments = new ChaosArguments(20, 7, 1, 3, Tampering: tampering);
        Assert.Equal(arguments, ChaosArguments.Read(arguments.ToString().Split(' ')));
    }

    [Theory]
    [InlineData("--seconds 4", "--seconds is '4': it must be a whole number from 5 to 86400.")]
    [InlineData("--seconds", "--seconds has no value: it must be a whole number from 5 to 86400.")]
    [InlineData("--seed x", "--seed is 'x': it must be a whole number from 0 to 2147483647.")]
    [InlineData("--apis 9", "--apis is '9': it must be a whole number from 1 to 8.")]
    [InlineData("--workers 0", "--workers is '0': it must be a whole number from 1 to 8.")]
    [InlineData("--sead 1", "unknown option '--sead'" + Accepted)]
    [InlineData("--tampering 3", "unknown option '3'" + Accepted)]
    [InlineData("--logs", "--logs has no value: it must be a folder.")]
    public void Read_InvalidArgument_ReportsWhatIsValid(string arguments, string message) =>
        Assert.Equal(message, Assert.Throws<WrongUsageException>(() => ChaosArguments.Read(arguments.Split(' '))).Message);
}
