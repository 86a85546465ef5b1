using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Hosting.ElasticBeanstalk.Writing;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Bind mounts, whose files become part of the bundle, and other files that the AppHost adds to it.</summary>
public sealed class MountTests : AppModelTests, IDisposable
{
    /// <summary>Below the directory of the AppHost, which is that of the tests here.</summary>
    private readonly DirectoryInfo _directory;

    public MountTests()
    {
        _directory = Directory.CreateDirectory(Path.Combine(Environment.Resource.Directory, Path.GetRandomFileName()));
        Write("a/conf.json", "a");
        Write("b/conf.json", "b");
    }

    private string Name => _directory.Name;

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Read_BindMountsOfEqualFileNames_AreTwoFiles()
    {
        AddShop().WithBindMount($"{Name}/a/conf.json", "/a/conf.json").WithBindMount($"{Name}/b/conf.json", "/b/conf.json");
        var bundle = await ReadAsync();
        Assert.Equal(
            [new BundleMount($"mounts/shop/{Name}/a/conf.json", "/a/conf.json"),
                new BundleMount($"mounts/shop/{Name}/b/conf.json", "/b/conf.json")],
            bundle.Services.Single().Mounts);
        Assert.Equal(["a", "b"], bundle.Files.Select(file => file.Text));
    }

    [Fact]
    public async Task Read_BindMountsOfOneDirectory_ShareItsFiles()
    {
        AddShop().WithBindMount(Name, "/all").WithBindMount($"{Name}/a", "/a");
        Assert.Equal(
            [$"mounts/shop/{Name}/a/conf.json", $"mounts/shop/{Name}/b/conf.json"], (await ReadAsync()).Files.Select(file => file.Path));
    }

    [Fact]
    public async Task Find_WritableDirectory_IsAWarning()
    {
        AddShop().WithExternalHttpEndpoints().WithBindMount($"{Name}/a", "/var/lib/shop").WithBindMount(
            $"{Name}/b", "/etc/shop", isReadOnly: true).WithBindMount($"{Name}/b/conf.json", "/etc/conf.json");
        var problem = Assert.Single(BundleChecks.Find(await ReadAsync()));
        Assert.True(problem.IsWarning);
        Assert.Equal(
            "shop: bind mount: the directory '/var/lib/shop' is writable; its present files are part of the bundle, and what the " +
            "container writes is lost with each deployment: mount it with isReadOnly: true, or keep data that must survive in a managed " +
            "service, and call PublishAsExisting.",
            problem.ToString());
    }

    [Fact]
    public async Task Render_FileOfThePublisher_IsNotReplaced()
    {
        AddShop();
        Environment.WithBundleFile(".ebextensions/environment.config", $"{Name}/a/conf.json");
        var bundle = await ReadAsync();
        var problem = Assert.Throws<BundleException>(() => BundleRenderer.Render(bundle));
        Assert.Contains(
            "cloud: bundle file: more than one file of the bundle has the path '.ebextensions/environment.config': choose another.",
            problem.Message, StringComparison.Ordinal);
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_directory.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
