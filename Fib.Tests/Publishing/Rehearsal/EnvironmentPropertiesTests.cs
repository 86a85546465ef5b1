using Fib.Rehearsal.Platform;

namespace Fib.Tests.Publishing.Rehearsal;

public class EnvironmentPropertiesTests
{
    [Fact]
    public void Parse_LinesCommentsAndBlanks_KeepsCompleteValues() => Assert.Equal(
        new Dictionary<string, string> { ["A"] = "b=c # d", ["E"] = "" },
        EnvironmentProperties.Parse("# comment\n\nA=b=c # d\r\nE=\n"));

    [Theory]
    [InlineData("A=b\nnonsense", "2")]
    [InlineData("=b", "1")]
    public void Parse_InvalidLine_ReportsItsNumber(string text, string line)
    {
        var exception = Assert.Throws<InvalidDataException>(() => EnvironmentProperties.Parse(text));
        Assert.Contains($"Line {line} ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AZaz09 _.:/=+\\-@")]
    [InlineData("it's \"fine\"")]
    [InlineData("")]
    public void Warnings_DocumentedCharacters_None(string value) => Assert.Empty(Warnings("A", value));

    [Theory]
    [InlineData('$')]
    [InlineData('!')]
    [InlineData('#')]
    [InlineData('%')]
    [InlineData('&')]
    [InlineData('*')]
    [InlineData('~')]
    public void Warnings_OtherCharacter_HasKeyAndCharacterButNotTheValue(char character)
    {
        var warning = Assert.Single(Warnings("PGPASSWORD", $"secret{character}word"));
        Assert.Contains("PGPASSWORD", warning, StringComparison.Ordinal);
        Assert.Contains($"'{character}'", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'open")]
    [InlineData("\"both\"")]
    [InlineData(" blank")]
    [InlineData("blank ")]
    public void Warnings_QuotesAndBlanksAtTheEnds_AreReported(string value) =>
        Assert.Contains("removes quotes and blanks", Assert.Single(Warnings("A", value)), StringComparison.Ordinal);

    [Theory]
    [InlineData(256, 0)]
    [InlineData(257, 1)]
    public void Warnings_LengthOfValue_UpTo256(int length, int warnings) =>
        Assert.Equal(warnings, Warnings("A", new string('a', length)).Count());

    [Theory]
    [InlineData("lower")]
    [InlineData("9A")]
    [InlineData("A-B")]
    public void Warnings_UndocumentedKey_IsReported(string key) =>
        Assert.Contains(key, Assert.Single(Warnings(key, "a")), StringComparison.Ordinal);

    [Fact]
    public void Warnings_MoreThan4096BytesInTotal_IsReported()
    {
        var many = Enumerable.Range(0, 17).ToDictionary(number => $"A{number}", _ => new string('a', 250));
        Assert.Contains("4096", Assert.Single(EnvironmentProperties.Warnings(many)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Warnings(string key, string value) =>
        EnvironmentProperties.Warnings(new Dictionary<string, string> { [key] = value });
}
