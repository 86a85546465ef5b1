using System.IO.Compression;
using Fib.Hosting.ElasticBeanstalk.Deploying;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Deployment.Aspire;

public sealed class SourceBundleCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("bundle-");

    private string Zip => Path.Combine(_folder.Path, "fib-2.zip");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("has no docker-compose.yml at its top level", "bundle/docker-compose.yml")]
    [InlineData("has no docker-compose.yml at its top level", "docker-compose.yaml", "Dockerrun.aws.json")]
    [InlineData("contains a .env", "docker-compose.yml", ".env")]
    public void InvalidBundle_IsRejected(string reason, params string[] files)
    {
        using (var zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
            Array.ForEach(files, file => zip.CreateEntry(file));
        AssertRejected(reason);
    }

    [Fact]
    public void FileThatIsNotAZip_IsRejected()
    {
        File.WriteAllText(Zip, "docker-compose.yml");
        AssertRejected("is not a zip file");
    }

    [Fact]
    public void MissingFile_IsRejected() => AssertRejected("there is no file");

    [Fact]
    public void LargerThan512Megabytes_IsRejected()
    {
        using (var file = File.Create(Zip))
            file.SetLength((512L * 1024 * 1024) + 1);
        AssertRejected("is larger than 512 MB");
    }

    private void AssertRejected(string reason) =>
        Assert.Contains(reason, Assert.Throws<DeploymentException>(() => SourceBundle.Check(Zip)).Message, StringComparison.Ordinal);
}
