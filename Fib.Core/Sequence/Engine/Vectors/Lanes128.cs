using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fib.Core.Sequence.Engine.Vectors;

/// <summary>Two doubles: supported on every platform of .NET.</summary>
internal readonly unsafe struct Lanes128(Vector128<double> value) : ILanes<Lanes128>
{
    private readonly Vector128<double> _value = value;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 LoadInt32(int* source) => new(Vector128.Create((double)source[0], source[1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128 MultiplyAdd(Lanes128 factor, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128 MultiplySubtractFrom(Lanes128 factor, Lanes128 addend) =>
        new(Vector128.MultiplyAddEstimate(-_value, factor._value, addend._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128 Round() => new(Vector128.Round(_value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes128 ShiftIn(Lanes128 before, int count) =>
        new(Vector128.Create(before._value.GetElement(1), _value.GetElement(0)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(double* target) => _value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreInt32(int* target)
    {
        target[0] = (int)_value.GetElement(0);
        target[1] = (int)_value.GetElement(1);
    }
}
