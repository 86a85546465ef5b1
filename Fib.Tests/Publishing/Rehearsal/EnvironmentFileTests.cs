using Fib.Rehearsal.Platform;

namespace Fib.Tests.Publishing.Rehearsal;

public class EnvironmentFileTests
{
    [Fact]
    public void Write_SeveralProperties_OneUnquotedLineEachInOrder() =>
        Assert.Equal(
            "PGHOST=db.example\nPGPORT=5432\nREDIS_HOST=\n",
            Write(ComposeVersion.V2, ("REDIS_HOST", ""), ("PGPORT", "5432"), ("PGHOST", "db.example")));

    [Fact]
    public void Write_DollarForComposeV1_IsUnchanged() =>
        Assert.Equal("A=a$b$$c\n", Write(ComposeVersion.V1, ("A", "a$b$$c")));

    [Fact]
    public void Write_DollarForComposeV2_IsDoubled() =>
        Assert.Equal("A=a$$b$$$$c\n", Write(ComposeVersion.V2, ("A", "a$b$$c")));

    [Theory]
    [InlineData("it's")]
    [InlineData("\"quoted\"")]
    [InlineData("a b=c # d \\n")]
    public void Write_OtherCharacters_AreUnchanged(string value)
    {
        Assert.Equal($"A={value}\n", Write(ComposeVersion.V1, ("A", value)));
        Assert.Equal($"A={value}\n", Write(ComposeVersion.V2, ("A", value)));
    }

    [Theory]
    [InlineData("a\nB=c")]
    [InlineData("a\r")]
    public void Write_LineBreak_IsRejectedWithTheKey(string value)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Write(ComposeVersion.V2, ("A", value)));
        Assert.StartsWith("A has a line break", exception.Message, StringComparison.Ordinal);
    }

    private static string Write(ComposeVersion version, params (string Key, string Value)[] properties) =>
        EnvironmentFile.Write(properties.ToDictionary(property => property.Key, property => property.Value), version);
}
