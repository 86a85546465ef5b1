using Fib.AppHost.Stores;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Unit.AppHost.Stores;

public sealed class StoreProgramsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("postgresql@")]
    public void FindNewest_OfSeveralVersions_IsTheNewestThatHasThePrograms(string prefix)
    {
        using var folder = new TemporaryFolder("fib-programs-");
        foreach (var version in (string[])["9", "16"])
        {
            var bin = Directory.CreateDirectory(Path.Combine(folder.Path, prefix + version, "bin"));
            File.WriteAllText(Path.Combine(bin.FullName, "postgres"), "");
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, $"{prefix}17"));
        Assert.Equal(Path.Combine(folder.Path, $"{prefix}16", "bin"), StorePrograms.FindNewest(folder.Path, prefix));
    }

    [Fact]
    public void FindNewest_NoSuchFolder_IsNull() => Assert.Null(StorePrograms.FindNewest("/no/such/folder", ""));

    [Theory]
    [InlineData(true, true, null)]
    [InlineData(false, true, "redis-server is not installed (Debian: apt-get install redis-server; macOS: brew install redis).")]
    [InlineData(true, false, "PostgreSQL is not installed (Debian: apt-get install postgresql; macOS: brew install postgresql@17).")]
    public void DescribeMissing_NamesTheProgramsAndHowToInstallThem(bool hasRedis, bool hasPostgres, string? message) =>
        Assert.Equal(message, StorePrograms.DescribeMissing(hasRedis, hasPostgres));
}
