using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Writing;

namespace Fib.Tests.Publishing.Outputs;

public sealed class StableZipTests
{
    private static readonly BundleFile Hook = new(".platform/hooks/predeploy/a.sh", "#!/bin/sh\n") { Executable = true };
    private static readonly BundleFile Compose = new("docker-compose.yml", "services: {}\n");

    [Fact]
    public void Write_SameFilesInAnyOrder_WritesTheSameBytes() =>
        Assert.Equal(StableZip.Write([Hook, Compose]), StableZip.Write([Compose, Hook]));

    [Fact]
    public void Write_Files_HaveTheModeOfTheModel()
    {
        using var zip = new ZipArchive(new MemoryStream(StableZip.Write([Compose, Hook])));
        Assert.Equal(
            [(Hook.Path, Convert.ToString(0x81ED, 8)), (Compose.Path, Convert.ToString(0x81A4, 8))],
            zip.Entries.Select(entry => (entry.FullName, Convert.ToString(entry.ExternalAttributes >>> 16, 8))));
    }

    [Fact]
    public void Write_Text_IsReadBack()
    {
        using var zip = new ZipArchive(new MemoryStream(StableZip.Write([new BundleFile("a", "ä\n")])));
        using var reader = new StreamReader(zip.Entries.Single().Open());
        Assert.Equal("ä\n", reader.ReadToEnd());
    }
}
