using System.IO.Compression;

namespace StandIns.Tests.Switch;

/// <summary>A folder that NuGet takes for a feed, with empty packages in it.</summary>
internal static class FeedFolder
{
    public static void AddPackage(string feed, string id, string version)
    {
        using var package = ZipFile.Open(Path.Combine(feed, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        Write(package, $"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>test</authors><description>empty</description></metadata>
            </package>
            """);
        Write(package, "lib/net10.0/_._", "");
        Write(package, "Sdk/Sdk.props", "<Project><PropertyGroup><IsAspireHost>true</IsAspireHost></PropertyGroup></Project>");
        Write(package, "Sdk/Sdk.targets", "<Project />");
    }

    private static void Write(ZipArchive package, string path, string text)
    {
        using var entry = new StreamWriter(package.CreateEntry(path).Open());
        entry.Write(text);
    }
}
