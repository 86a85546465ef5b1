using System.Text.RegularExpressions;
using Fib.Tests.Support;

namespace Fib.Tests.Unit.Architecture;

/// <summary>The files that docs/architecture.md lists for the path of one index.</summary>
public sealed partial class DataFlowTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    private static readonly IReadOnlyList<string> Files = [.. ListedFile().Matches(Document).Select(file => file.Groups[1].Value)];

    [Fact]
    public void Files_OfThePath_Exist() =>
        Assert.All(Files, file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), file));

    [Fact]
    public void Files_OfThePath_AreAtMostFifteen() => Assert.InRange(Files.Count, 10, 15);

    [Fact]
    public void Folders_OfThePath_AreEnteredOnce()
    {
        var folders = Files.Select(Path.GetDirectoryName).ToArray();
        var entered = folders.Where((folder, position) => position == 0 || folder != folders[position - 1]);
        Assert.Equal(folders.Distinct(), entered);
    }

    /// <summary>A row of a table that begins with a file of one of the projects.</summary>
    [GeneratedRegex(@"^\| `(Fib\.[\w./]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ListedFile();
}
