namespace StandIns.Tests.Switch;

/// <summary>The choice between stand-ins and packages, on feeds that have, lack, or do not say.</summary>
public sealed class SwitchTests
{
    private static readonly string[] WhatTheAppHostNeeds =
    [
        "Aspire.Hosting.AppHost", "Aspire.AppHost.Sdk",
        $"Aspire.Dashboard.Sdk.{Rid}", $"Aspire.Hosting.Orchestration.{Rid}",
    ];

    private static string Rid => System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;

    [Fact]
    public async Task Restore_FeedLacksAspire_TakesTheStandInInTheSameRestore()
    {
        using var tree = new Tree(Tree.OwnFeed);

        var (exit, said) = await tree.RestoreAsync();

        Assert.True(exit == 0, said);
        Assert.Equal(["lacks"], tree.Marks);
        Assert.Contains("standins/Aspire.Hosting.AppHost/Aspire.Hosting.AppHost.csproj", tree.Assets, StringComparison.Ordinal);
        Assert.Equal("true", await tree.EvaluateAsync("UseStandIns"));
        Assert.Equal("", await tree.EvaluateAsync("IsAspireHost"));
    }

    [Fact]
    public async Task Restore_FeedHasAspire_TakesThePackagesInTheSameRestore()
    {
        using var tree = new Tree(Tree.OwnFeed);
        foreach (var id in WhatTheAppHostNeeds)
            FeedFolder.AddPackage(tree.Feed, id, Repository.AspireVersion);

        var (exit, said) = await tree.RestoreAsync();

        Assert.True(exit == 0, said);
        Assert.Equal(["has"], tree.Marks);
        Assert.Contains($"Aspire.Hosting.Orchestration.{Rid}/{Repository.AspireVersion}", tree.Assets, StringComparison.Ordinal);
        Assert.DoesNotContain("standins/", tree.Assets, StringComparison.Ordinal);
        Assert.Equal("false", await tree.EvaluateAsync("UseStandIns"));
        Assert.Equal("true", await tree.EvaluateAsync("IsAspireHost"));
    }

    [Fact]
    public async Task Restore_FeedDoesNotAnswer_DecidesNothingAndSaysSo()
    {
        using var tree = new Tree("http://127.0.0.1:9/v3/index.json");

        var (exit, said) = await tree.RestoreAsync();

        Assert.NotEqual(0, exit);
        Assert.Contains("-p:UseStandIns=true", said, StringComparison.Ordinal);
        Assert.Empty(tree.Marks);
    }

    [Fact]
    public async Task Restore_Asked_DoesAsAskedWithoutAProbe()
    {
        using var tree = new Tree(Tree.OwnFeed);

        var (exit, said) = await tree.RestoreAsync("-p:UseStandIns=true");

        Assert.True(exit == 0, said);
        Assert.Empty(tree.Marks);
    }

    [Fact]
    public async Task Evaluate_OtherWorldThanTheMark_KeepsItsFilesApart()
    {
        using var tree = new Tree(Tree.OwnFeed);
        foreach (var id in WhatTheAppHostNeeds)
            FeedFolder.AddPackage(tree.Feed, id, Repository.AspireVersion);
        await tree.RestoreAsync();

        Assert.EndsWith("artifacts/with-standins", await tree.EvaluateAsync("ArtifactsPath", "-p:UseStandIns=true"), StringComparison.Ordinal);
        Assert.DoesNotContain("with-", await tree.EvaluateAsync("ArtifactsPath", "-p:UseStandIns=false"), StringComparison.Ordinal);
    }
}
