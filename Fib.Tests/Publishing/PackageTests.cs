using System.IO.Compression;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.Publishing;

/// <summary>The package in an AppHost outside of this repository: installed from a folder feed, with the steps of its README.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Package = "Fib.Hosting.ElasticBeanstalk";
    private const string Version = "0.0.0-test";

    private const string Project = """
        <Project Sdk="Aspire.AppHost.Sdk/13.6.4">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Aspire.Hosting.AppHost" Version="13.6.5" />
            <PackageReference Include="Aspire.Hosting.PostgreSQL" Version="13.6.5" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>The app model that the README's configuration belongs to.</summary>
    private const string Resources = """
        var builder = DistributedApplication.CreateBuilder(args);
        var postgres = builder.AddPostgres("postgres");
        var catalog = builder.AddContainer("catalog", "docker.io/library/nginx", "1.28").WithHttpEndpoint(targetPort: 80)
            .WithExternalHttpEndpoints().WithEnvironment("Database", postgres);
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("package-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task QuickStartAndConfiguration_OfTheReadme_WriteBundles()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, Package, "README.md"));
        var feed = await PackAsync(Block(readme, "sh").Split('\n')[0]);
        var host = _directory.CreateSubdirectory("AppHost").FullName;
        // Uses the existing packages as fallback, and keeps this one out of the global folder.
        await WriteAsync(host, "nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_directory.FullName, "packages")}" /></config>
              <fallbackPackageFolders><add key="here" value="{GlobalPackages}" /></fallbackPackageFolders>
              <packageSources><add key="folder" value="{feed}" /></packageSources>
            </configuration>
            """);
        await WriteAsync(host, "AppHost.csproj", Project);
        await WriteAsync(host, "AppHost.cs", Block(readme, "csharp"));

        await RunAsync(host, $"{Block(readme, "").Trim()} --version {Version}");
        await RunAsync(host, Block(readme, "", 1).Trim());

        Assert.True(File.Exists(Path.Combine(host, "out", "app-1.0.zip")));
        Assert.Contains("80:80", await ReadComposeFileAsync(host), StringComparison.Ordinal);

        await WriteAsync(host, "AppHost.cs", Configured(Block(readme, "csharp", 1)));
        await WriteAsync(Directory.CreateDirectory(Path.Combine(host, "hooks")).FullName, "warm_up.sh", "#!/bin/sh\n");
        await RunAsync(host, Block(readme, "", 1).Trim());

        Assert.True(File.Exists(Path.Combine(host, "out", "shop-1.0.zip")));
        Assert.Contains("mem_limit: 1024m", await ReadComposeFileAsync(host), StringComparison.Ordinal);
    }

    private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private async Task<string> PackAsync(string command)
    {
        var feed = _directory.CreateSubdirectory("feed").FullName;
        await RunAsync(Repository.Root, $"{command.Replace("artifacts/feed", feed, StringComparison.Ordinal)} -p:Version={Version}");
        using var package = ZipFile.OpenRead(Path.Combine(feed, $"{Package}.{Version}.nupkg"));
        Assert.Superset(
            new HashSet<string> { "README.md", "icon.png", $"lib/net10.0/{Package}.dll", $"lib/net10.0/{Package}.xml" },
            package.Entries.Select(entry => entry.FullName).ToHashSet());
        Assert.True(File.Exists(Path.Combine(feed, $"{Package}.{Version}.snupkg")));
        return feed;
    }

    /// <summary>The configuration after the resources that it configures; a using directive stays before both.</summary>
    private static string Configured(string configuration) =>
        configuration.Replace("\n\nbuilder.", $"\n\n{Resources}\nbuilder.", StringComparison.Ordinal) + "builder.Build().Run();\n";

    private static Task<string> ReadComposeFileAsync(string host) =>
        File.ReadAllTextAsync(Path.Combine(host, "out", "docker-compose.yml"));

    /// <summary>The text of a code block of the README, counted from 0 among the blocks of its language.</summary>
    private static string Block(string readme, string language, int number = 0)
    {
        var fences = readme.Split("```");
        return fences.Where((text, position) => position % 2 == 1 && text.StartsWith(
            $"{language}\n", StringComparison.Ordinal)).ElementAt(number)[(language.Length + 1)..];
    }

    private static Task WriteAsync(string directory, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(directory, name), text);

    private static async Task RunAsync(string directory, string command)
    {
        var words = command.Split(' ');
        var result = await new Command(words[0], words[1..]) { Directory = directory }.TryRunAsync();
        Assert.True(result.ExitCode == 0, $"{command}:\n{result.Text}");
    }
}
