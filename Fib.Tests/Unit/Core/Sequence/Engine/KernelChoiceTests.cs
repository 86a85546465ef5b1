using Fib.Core.Sequence;
using Fib.Core.Sequence.Engine;
using Fib.LocalSystem.Processes;
using Fib.LocalSystem.Services;

namespace Fib.Tests.Unit.Core.Sequence.Engine;

public sealed class KernelChoiceTests
{
    public static TheoryData<int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            foreach (var other in Enum.GetValues<VectorWidth>())
            {
                foreach (var candidate in Enum.GetValues<VectorWidth>())
                    pairs.Add((int)other, (int)candidate);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Fastest_GivesOneOfTheTwo(int other, int candidate)
    {
        EnginePaths.SkipUnlessSupported(other);
        EnginePaths.SkipUnlessSupported(candidate);
        var fastest = KernelChoice.Fastest((VectorWidth)other, (VectorWidth)candidate, CancellationToken.None);
        Assert.Contains(fastest, new[] { (VectorWidth)other, (VectorWidth)candidate });
    }

    [Fact]
    public void ChooseKernels_CalledOften_MakesAtMostOneTrial()
    {
        Parallel.For(0, 8, _ => TermEngine.ChooseKernels());
        Assert.Equal(KernelChoice.Candidate is null ? 0 : 1, KernelChoice.Trials);
        Assert.True(KernelChoice.Current.IsSupported());
    }

    /// <summary>The variable has the effect of a processor that lowers its frequency for 512-bit registers.</summary>
    [Fact]
    public async Task Program_RuntimePrefersNarrowRegisters_ChoosesByATrial()
    {
        EnginePaths.SkipUnlessSupported((int)VectorWidth.Avx512);
        var command = new Command("dotnet", BuiltProgram.Find("Fib.Term"), "100000000", "--stats")
        {
            Environment = new Dictionary<string, string?> { ["DOTNET_PreferredVectorBitWidth"] = "256" },
        };
        var (exitCode, output, error) = await command.TryRunAsync();
        Assert.Equal((0, TermEngine.CountDigits(100_000_000) + 1), (exitCode, output.Length));
        Assert.Matches("(Avx2|Avx512) kernels, chosen by a trial", error);
    }
}
