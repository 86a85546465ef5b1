using System.IO.Compression;
using Fib.Rehearsal.Platform;

namespace Fib.Tests.Publishing.Rehearsal;

public sealed class SourceBundleTests : IDisposable
{
    private const string Compose = """
        services:
          server: { image: a/b:1, hostname: api, environment: { REDIS_HOST: '${REDIS_HOST:?the host}', X: '${X:-}' } }
          nginx: { image: a/c:1, ports: ['80:80'] }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fib-bundle-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Unpack_Hook_HasTheModeOfTheZipEntry()
    {
        const string hook = ".platform/hooks/predeploy/10_x.sh";
        var bundle = Unpack(("docker-compose.yml", 0x1A4), (hook, 0x1ED));
        if (!OperatingSystem.IsWindows())
            Assert.Equal((UnixFileMode)0x1ED, File.GetUnixFileMode(Path.Combine(bundle.Directory, hook)));
    }

    [Fact]
    public void Compose_ServicesAndRequiredProperties_AreRead()
    {
        var compose = Unpack(("docker-compose.yml", 0x1A4)).Compose;
        Assert.Equal(["REDIS_HOST"], compose.Required);
        ComposeService[] expected =
        [
            new("server", "api", "a/b:1", true, []),
            new("nginx", "nginx", "a/c:1", false, ["80:80"]),
        ];
        Assert.Equivalent(expected, compose.Services, strict: true);
    }

    [Theory]
    [InlineData("docker-compose.yaml", "no docker-compose.yml")]
    [InlineData("bundle/docker-compose.yml", "no docker-compose.yml")]
    [InlineData(".env", ".env")]
    [InlineData("../docker-compose.yml", "outside")]
    public void Unpack_BundleThatThePlatformRejects_IsRejected(string file, string reason)
    {
        (string, int)[] files = file == ".env" ? [("docker-compose.yml", 0x1A4), (file, 0x1A4)] : [(file, 0x1A4)];
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Unpack(files)).Message, StringComparison.Ordinal);
    }

    private SourceBundle Unpack(params (string Path, int Mode)[] files)
    {
        var zip = Path.Combine(_directory.FullName, "fib-1.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            foreach (var (path, mode) in files)
            {
                var entry = archive.CreateEntry(path);
                entry.ExternalAttributes = mode << 16;
                using var text = new StreamWriter(entry.Open());
                text.Write(Compose);
            }
        }

        return SourceBundle.Unpack(zip, Path.Combine(_directory.FullName, "current"));
    }
}
