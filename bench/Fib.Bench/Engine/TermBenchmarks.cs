using BenchmarkDotNet.Attributes;
using Fib.Core.Sequence;

namespace Fib.Bench.Engine;

/// <summary>Compares GMP, the engine and BigInteger for the decimal digits of a term.</summary>
[MemoryDiagnoser]
public class TermBenchmarks
{
    private byte[] _target = [];

    [Params(10_000, 100_000, 1_000_000)]
    public int Index { get; set; }

    [GlobalSetup]
    public void Setup() => _target = new byte[TermEngine.CountDigits(Index) + 2];

    [Benchmark(Baseline = true)]
    public byte Gmp() => Engine.Gmp.Compute(Index, _target);

    [Benchmark]
    public void FibCore() => TermEngine.ComputeAlone(Index, _target.AsMemory(0, TermEngine.CountDigits(Index)));

    [Benchmark]
    public string BigInteger() => PlainBigInteger.Compute(Index);
}
