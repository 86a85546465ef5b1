using Fib.Rehearsal.Platform;

namespace Fib.Tests.Rehearsals;

public class EnvironmentFileTests
{
    [Fact]
    public void Write_SeveralProperties_OneUnquotedLineEachInOrder() =>
        Assert.Equal(
            "PGHOST=db.example\nPGPORT=5432\nREDIS_HOST=\n",
            Write(ComposeGeneration.Two, ("REDIS_HOST", ""), ("PGPORT", "5432"), ("PGHOST", "db.example")));

    [Fact]
    public void Write_DollarForComposeOne_IsUnchanged() => Assert.Equal("A=a$b$$c\n", Write(ComposeGeneration.One, ("A", "a$b$$c")));

    [Fact]
    public void Write_DollarForComposeTwo_IsDoubled() => Assert.Equal("A=a$$b$$$$c\n", Write(ComposeGeneration.Two, ("A", "a$b$$c")));

    [Theory]
    [InlineData("it's")]
    [InlineData("\"quoted\"")]
    [InlineData("a b=c # d \\n")]
    public void Write_OtherCharacters_AreUnchanged(string value)
    {
        Assert.Equal($"A={value}\n", Write(ComposeGeneration.One, ("A", value)));
        Assert.Equal($"A={value}\n", Write(ComposeGeneration.Two, ("A", value)));
    }

    [Theory]
    [InlineData("a\nB=c")]
    [InlineData("a\r")]
    public void Write_LineBreak_IsRejectedByName(string value)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Write(ComposeGeneration.Two, ("A", value)));
        Assert.StartsWith("A has a line break", exception.Message, StringComparison.Ordinal);
    }

    private static string Write(ComposeGeneration generation, params (string Key, string Value)[] properties) =>
        EnvironmentFile.Write(properties.ToDictionary(property => property.Key, property => property.Value), generation);
}
