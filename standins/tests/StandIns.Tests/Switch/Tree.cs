using System.Diagnostics;
using StandIns.Tests.Hosting;

namespace StandIns.Tests.Switch;

/// <summary>A small tree with this repository's switch in it, one app host, one stand-in, and a feed and a package folder of its own.</summary>
internal sealed class Tree : IDisposable
{
    private const string AppHost = "Some.AppHost";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("switch-");

    public Tree(string feed)
    {
        Directory.CreateDirectory(Feed);
        foreach (var part in (string[])["StandIns.props", "StandIns.targets", "ProjectsClasses.targets", "FeedProbe/FeedProbe.proj", "FeedProbe/Probe.csproj"])
            Copy(Path.Combine("standins", part));
        Write("Directory.Build.props", $"<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework><AspireVersion>{Repository.AspireVersion}</AspireVersion></PropertyGroup><Import Project=\"standins/StandIns.props\" /></Project>");
        Write("Directory.Build.targets", "<Project><Import Project=\"standins/StandIns.targets\" /></Project>");
        Write("NuGet.Config", $"<configuration><packageSources><clear /><add key=\"only\" value=\"{feed}\" allowInsecureConnections=\"true\" /></packageSources></configuration>");
        Write("standins/Aspire.Hosting.AppHost/Aspire.Hosting.AppHost.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><Version>{Repository.AspireVersion}</Version></PropertyGroup></Project>");
        Write($"{AppHost}/{AppHost}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="Sdk.props" Sdk="Aspire.AppHost.Sdk" Version="{Repository.AspireVersion}" Condition="'$(UseStandIns)' == 'false'" />
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup><PackageReference Include="Aspire.Hosting.AppHost" Version="{Repository.AspireVersion}" /></ItemGroup>
              <Import Project="Sdk.targets" Sdk="Aspire.AppHost.Sdk" Version="{Repository.AspireVersion}" Condition="'$(UseStandIns)' == 'false'" />
            </Project>
            """);
    }

    /// <summary>Name of the feed folder, relative to the tree.</summary>
    public const string OwnFeed = "feed";

    public string Feed => Path.Combine(_root.FullName, OwnFeed);

    /// <summary>The marks that the probe left.</summary>
    public string[] Marks => Directory.Exists(MarkFolder) ? [.. Directory.EnumerateFiles(MarkFolder).Select(file => Path.GetFileName(file).Split("-aspire")[0])] : [];

    /// <summary>What the restore put into the app host's graph, or null before it.</summary>
    public string? Assets
    {
        get
        {
            var file = Path.Combine(_root.FullName, AppHost, "obj", "project.assets.json");
            return File.Exists(file) ? File.ReadAllText(file) : null;
        }
    }

    private string MarkFolder => Path.Combine(_root.FullName, "artifacts", "feed");

    public Task<(int Exit, string Said)> RestoreAsync(params string[] options) => DotnetAsync(["restore", AppHost, .. options]);

    public async Task<string> EvaluateAsync(string property, params string[] options) =>
        (await DotnetAsync(["msbuild", AppHost, $"-getProperty:{property}", .. options])).Said.Trim();

    public void Dispose() => _root.Delete(recursive: true);

    private async Task<(int Exit, string Said)> DotnetAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _root.FullName, RedirectStandardOutput = true };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "packages");
        start.Environment.Remove("UseStandIns");
        using var dotnet = Process.Start(start)!;
        var said = await dotnet.StandardOutput.ReadToEndAsync(Deadline.Token);
        await dotnet.WaitForExitAsync(Deadline.Token);
        return (dotnet.ExitCode, said);
    }

    private void Copy(string path) => Write(path, File.ReadAllText(Path.Combine(Repository.Root, path)));

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_root.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
