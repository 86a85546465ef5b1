using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fib.Core.Sequence.Engine.Vectors;

/// <summary>Four doubles: AVX2 with FMA.</summary>
internal readonly unsafe struct Lanes256(Vector256<double> value) : ILanes<Lanes256>
{
    private readonly Vector256<double> _value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 LoadInt32(int* source) => new(Avx.ConvertToVector256Double(Vector128.Load(source)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256 MultiplyAdd(Lanes256 factor, Lanes256 addend) =>
        new(Fma.MultiplyAdd(_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256 MultiplySubtractFrom(Lanes256 factor, Lanes256 addend) =>
        new(Fma.MultiplyAddNegated(_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256 Round() => new(Vector256.Round(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256 ShiftIn(Lanes256 before, int count)
    {
        var across = Avx.Permute2x128(before._value, _value, 0x21);
        return new(count switch
        {
            1 => Avx.Shuffle(across, _value, 0b0101),
            2 => across,
            _ => Avx.Shuffle(before._value, across, 0b0101),
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt32(int* target) => Avx.ConvertToVector128Int32(_value).Store(target);
}
