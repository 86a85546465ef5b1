using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fib.Core.Sequence.Engine.Pages;
using Fib.Core.Sequence.Engine.Threads;

namespace Fib.Core.Sequence.Engine.Fft;

/// <summary>
/// The roots of the tree that splits x^n - i. The odd stages yield the nodes Odd .. 2 Odd - 1; below them node k, which is
/// x^2m - e^(2 pi i f), has the children 2k and 2k + 1 with the fractions f/2 and f/2 + 1/2. One table, a prefix of
/// every deeper one, therefore serves all sizes of an odd factor. The lowest two levels need no entries.
/// </summary>
internal sealed unsafe class RootTable
{
    // The tables by odd factor: immutable, replaced by deeper ones.
    private static readonly RootTable?[] Published = new RootTable?[16];

    private static readonly Lock Growth = new();

    private const int PartNodes = 4096;

    private readonly Roots[] _entries;

    private RootTable(int odd, int depth, RootTable? shallower, Team? team, CancellationToken cancellationToken)
    {
        Depth = depth;
        OddStages = OddStage.For(odd);
        var nodes = odd << depth >> 1;
        _entries = GC.AllocateUninitializedArray<Roots>(nodes, pinned: true);
        HugePages.Advise(_entries);
        shallower?._entries.CopyTo(_entries, 0);
        var first = shallower?._entries.Length ?? odd;
        if (team is null || nodes - first < 2 * PartNodes)
            Fill(odd, first, nodes);
        else
            FillParts(odd, first, team, cancellationToken);
    }

    public OddStage[] OddStages { get; }

    private int Depth { get; }

    /// <summary>The entry of node 0, which does not exist. Valid while the table is reachable.</summary>
    public Roots* Entries => (Roots*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_entries));

    /// <summary>The table for a transform size. A team, if there is one, computes its entries.</summary>
    /// <exception cref="OperationCanceledException">The computation was cancelled meanwhile.</exception>
    public static RootTable For(TransformSize size, Team? team = null, CancellationToken cancellationToken = default)
    {
        var table = Volatile.Read(ref Published[size.Odd]);
        return table is not null && table.Depth >= size.Depth ? table : Grow(size, team, cancellationToken);
    }

    /// <summary>The size in bytes of the table for a transform size.</summary>
    public static long Bytes(TransformSize size) => (long)sizeof(Roots) * size.Vectors / 2;

    private static RootTable Grow(TransformSize size, Team? team, CancellationToken cancellationToken)
    {
        lock (Growth)
        {
            var table = Published[size.Odd];
            if (table is null || table.Depth < size.Depth)
            {
                table = new RootTable(size.Odd, size.Depth, table, team, cancellationToken);
                Volatile.Write(ref Published[size.Odd], table);
            }
            return table;
        }
    }

    private void FillParts(int odd, int first, Team team, CancellationToken cancellationToken) =>
        team.Run((_entries.Length - first + PartNodes - 1) / PartNodes, part =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fill(odd, first + part * PartNodes, Math.Min(_entries.Length, first + (part + 1) * PartNodes));
        });

    private void Fill(int odd, int first, int end)
    {
        var fractions = OddStages.Length == 0 ? [OddStage.Quarter] : OddStages[^1].Fractions;
        for (var node = first; node < end; node++)
            _entries[node] = new Roots(Fraction(node, odd, fractions));
    }

    private static double Fraction(int node, int odd, double[] fractions)
    {
        var depth = BitOperations.Log2((uint)(node / odd));
        var offset = node - (odd << depth);
        var path = (uint)(offset & ((1 << depth) - 1));
        var reversed = depth == 0 ? 0 : Reverse(path) >> (32 - depth);
        return (fractions[offset >> depth] + reversed) / (1L << depth);
    }

    private static uint Reverse(uint bits)
    {
        bits = (bits >> 1 & 0x55555555) | (bits & 0x55555555) << 1;
        bits = (bits >> 2 & 0x33333333) | (bits & 0x33333333) << 2;
        bits = (bits >> 4 & 0x0F0F0F0F) | (bits & 0x0F0F0F0F) << 4;
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bits);
    }
}
