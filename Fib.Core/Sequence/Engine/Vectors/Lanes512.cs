using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fib.Core.Sequence.Engine.Vectors;

/// <summary>Eight doubles: AVX-512.</summary>
internal readonly unsafe struct Lanes512(Vector512<double> value) : ILanes<Lanes512>
{
    private readonly Vector512<double> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 LoadInt32(int* source) => new(Avx512F.ConvertToVector512Double(Vector256.Load(source)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512 MultiplyAdd(Lanes512 factor, Lanes512 addend) =>
        new(Avx512F.FusedMultiplyAdd(_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512 MultiplySubtractFrom(Lanes512 factor, Lanes512 addend) =>
        new(Avx512F.FusedMultiplyAddNegated(_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512 Round() => new(Vector512.Round(_value));

    // The immediate operand of valignq must be a constant: the JIT removes the switch if count is constant.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512 ShiftIn(Lanes512 before, int count) => new(count switch
    {
        1 => Align(_value, before._value, 7),
        2 => Align(_value, before._value, 6),
        3 => Align(_value, before._value, 5),
        4 => Align(_value, before._value, 4),
        5 => Align(_value, before._value, 3),
        6 => Align(_value, before._value, 2),
        _ => Align(_value, before._value, 1),
    });

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt32(int* target) => Avx512F.ConvertToVector256Int32(_value).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Align(Vector512<double> upper, Vector512<double> lower, [ConstantExpected] byte by) =>
        Avx512F.AlignRight64(upper.AsInt64(), lower.AsInt64(), by).AsDouble();
}
