using System.Globalization;
using System.Numerics;
using Fib.Tests.Support;
using Fib.Web.Terms;

namespace Fib.Tests.Unit.Web.Terms;

public sealed class TermFactsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(97)]
    [InlineData(900)]
    public void ParityAndDivisors_Index_AreTrueOfItsTerm(int index)
    {
        var term = Compute(index);
        Assert.StartsWith(term.IsEven ? "even" : "odd", TermFacts.Parity(index), StringComparison.Ordinal);
        Assert.All(TermFacts.Divisors(index), divisor => Assert.True((term % Compute(divisor)).IsZero));
    }

    [Fact]
    public void Divisors_Index_AreAllButOneTwoAndItself() => Assert.Equal([30, 20, 15, 12, 10, 6, 5, 4, 3], TermFacts.Divisors(60));

    [Fact]
    public void Mantissa_LongTerm_HasFourDigits() => Assert.Equal("2.597…", TermFacts.Mantissa("2597406934", 20_899));

    [Fact]
    public void Mantissa_ShortTerm_IsNull() => Assert.Null(TermFacts.Mantissa("13", 2));

    private static BigInteger Compute(int index) => BigInteger.Parse(Fibonacci.Term(index), CultureInfo.InvariantCulture);
}
