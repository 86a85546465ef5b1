using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Publishing.Deploying;

public sealed class SourceBundleCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("bundle-");

    private string Zip => Path.Combine(_folder.Path, "fib-2.zip");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("has no docker-compose.yml at its top level", "bundle/docker-compose.yml")]
    [InlineData("has no docker-compose.yml at its top level", "docker-compose.yaml", "Dockerrun.aws.json")]
    [InlineData("contains a .env", "docker-compose.yml", ".env")]
    [InlineData("contains a .env", "docker-compose.yml", "config/.env")]
    public void AZipThatIsNoBundle_IsRefused(string reason, params string[] files)
    {
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
            Array.ForEach(files, file => zip.CreateEntry(file));
        Refuses(reason);
    }

    [Fact]
    public void AFileThatIsNoZip_IsRefused()
    {
        File.WriteAllText(Zip, "docker-compose.yml");
        Refuses("is no zip");
    }

    [Fact]
    public void NoFile_IsRefused() => Refuses("there is no file");

    [Fact]
    public void LargerThan512Megabytes_IsRefused()
    {
        using (var file = File.Create(Zip))
            file.SetLength((512L * 1024 * 1024) + 1);
        Refuses("is larger than 512 MB");
    }

    private void Refuses(string reason) =>
        Assert.Contains(reason, Assert.Throws<DeploymentException>(() => SourceBundle.Check(Zip)).Message, StringComparison.Ordinal);
}
