using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;

namespace Fib.Tests.Publishing.Reading;

public sealed class BundleReaderTests : AppModelTests
{
    [Fact]
    public async Task Read_Container_TakesItsImagePortAndVolume()
    {
        AddShop().WithVolume("goods", "/var/data").WithVolume("/var/cache");
        var bundle = await ReadAsync();
        var shop = bundle.Services.Single();
        Assert.Equal(("shop", "docker.io/acme/shop:2.1", 8080), (shop.Hostname, shop.Image.ToString(), shop.Port));
        Assert.Equal([new VolumeMount("goods", "/var/data"), new VolumeMount("shop-var-cache", "/var/cache")], shop.Mounts);
    }

    [Fact]
    public async Task Read_Container_IsNotHardened()
    {
        AddShop();
        var shop = (await ReadAsync()).Services.Single();
        Assert.Equal((null, false, null, 512), (shop.User, shop.Hardened, shop.Health, shop.Memory.MiB));
        Assert.Empty(shop.Scratch);
        Assert.Empty(shop.Environment);
    }

    [Fact]
    public async Task Read_Hardening_IsTheEnvironmentsOrTheServicesChoice()
    {
        Environment.WithHardening();
        AddShop().PublishAsElasticBeanstalkService(service => service.User = 999);
        AddFront().PublishAsElasticBeanstalkService(service => service.Hardened = false);
        var bundle = await ReadAsync();
        Assert.Equal([true, false], bundle.Services.Select(service => service.Hardened));
        Assert.Equal(["/tmp"], bundle.Find("shop")!.Scratch);
    }

    [Fact]
    public async Task Read_Project_HasNoHealthCheckByDefault()
    {
        var api = AddProject("api").WithHttpHealthCheck("/ready");
        AddFront().WaitFor(api);
        var bundle = await ReadAsync();
        Assert.Null(bundle.Find("api")!.Health);
        Assert.Equal([new Dependency("api", DependencyCondition.Started)], bundle.Find("front")!.DependsOn);
    }

    [Theory]
    [InlineData("/alive_and_well")]
    [InlineData("alive_and_well")]
    public async Task Read_HealthCheckOfTheExternalService_GivesTheLoadBalancersPath(string path)
    {
        AddProject("api").WithHttpHealthCheck("/ready");
        AddProject("web-front").WithExternalHttpEndpoints().WithHttpHealthCheck(path);
        Assert.Equal("/alive_and_well", (await ReadAsync()).Platform.HealthCheckPath);
    }

    [Fact]
    public async Task Read_WaitForServiceWithHealthCheck_WaitsUntilHealthy()
    {
        AddFront().WaitFor(AddShop().PublishAsElasticBeanstalkService(service => service.HealthCheck.Add("alive")));
        Assert.Equal([new Dependency("shop", DependencyCondition.Healthy)], (await ReadAsync()).Find("front")!.DependsOn);
    }

    [Fact]
    public async Task Read_WaitForCompletion_MakesAJob()
    {
        AddFront().WaitForCompletion(AddShop());
        var bundle = await ReadAsync();
        Assert.Equal([new Dependency("shop", DependencyCondition.Completed)], bundle.Find("front")!.DependsOn);
        Assert.Equal((true, false), (bundle.Find("shop")!.RunsOnce, bundle.Find("front")!.RunsOnce));
    }

    [Fact]
    public async Task Read_EntryPointAndArguments_AreKept()
    {
        var culture = Builder.AddParameter("culture", "en-US", publishValueAsDefault: true);
        AddShop().WithEntrypoint("/bin/sh").WithArgs("-c", "serve $PORT", culture);
        var shop = (await ReadAsync()).Services.Single();
        Assert.Equal(["/bin/sh"], shop.Entrypoint);
        Assert.Equal(["-c", "serve $PORT", null], shop.Command.Select(argument => argument.Text));
        Assert.Equal("en-US", shop.Properties.Single().Default);
    }

    [Fact]
    public async Task Read_ContainerFiles_BecomeMountedFilesOfTheBundle()
    {
        AddShop().WithContainerFiles(
            "/etc/shop/",
            [
                new ContainerFile { Name = "shop.conf", Contents = "colour = red\n" },
                new ContainerDirectory
                {
                    Name = "init",
                    Entries =
                    [
                        new ContainerFile
                        {
                            Name = "10.sh",
                            SourcePath = Path.Combine(Support.Repository.Root, "deploy", "smoke.sh"),
                            Mode = (UnixFileMode)0b111_101_101,
                        },
                    ],
                },
            ]);
        await using var app = Builder.Build();
        var bundle = await ReadAsync();
        Assert.Equal(
            [
                new BundleMount("files/shop/etc/shop/shop.conf", "/etc/shop/shop.conf") { ReadOnly = true },
                new BundleMount("files/shop/etc/shop/init/10.sh", "/etc/shop/init/10.sh") { ReadOnly = true }],
            bundle.Services.Single().Mounts);
        Assert.Equal(
            [("files/shop/etc/shop/shop.conf", false), ("files/shop/etc/shop/init/10.sh", true)],
            bundle.Files.Select(file => (file.Path, file.Executable)));
        Assert.Equal("colour = red\n", bundle.Files[0].Text);
    }

    [Fact]
    public async Task Read_ContainerFilesOfABuiltSite_AreInTheImageThatAspireBuilds()
    {
        var site = Builder.AddResource(new Site("site")).WithImage("site").WithDockerfile(
            Path.Combine(Support.Repository.Root, "samples", "Shop", "recommendations")).WithContainerFilesSource("/app/dist");
        // As in the integrations for sites, whose Dockerfile has no entry point.
        site.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Single().HasEntrypoint = false;
        AddProject("web").PublishWithContainerFiles(site, "wwwroot");
        Assert.Equal(["web"], (await ReadAsync()).Services.Select(service => service.Name));
    }

    [Fact]
    public async Task Read_NginxOfTheEnvironment_RunsTheOfficialImageInFrontOfSeveral()
    {
        var (shop, front) = (AddShop().WithExternalHttpEndpoints(), AddFront().WithExternalHttpEndpoints());
        Environment.PublishAsNginx([new("/shop", shop) { PathRemovePrefix = "/shop" }, new("/", front)]);
        var bundle = await ReadAsync();
        Assert.Equal(
            [("shop", null), ("front", null), ("nginx", 80)], bundle.Services.Select(service => (service.Name, service.PublishedPort)));
        var nginx = bundle.Find("nginx")!;
        Assert.Equal("public.ecr.aws/docker/library/nginx:1.28-bookworm", nginx.Image.ToString());
        Assert.Contains(new BundleMount("nginx/default.conf", "/etc/nginx/conf.d/default.conf") { ReadOnly = true }, nginx.Mounts);
    }

    [Fact]
    public async Task Read_NginxOfAnotherEnvironment_IsLeftOut()
    {
        var shop = AddShop().WithComputeEnvironment(Environment);
        var other = Builder.AddElasticBeanstalkEnvironment("other");
        var front = AddFront().WithComputeEnvironment(other);
        Environment.PublishAsNginx([new("/", shop)]);
        other.PublishAsNginx([new("/", front)]);
        Assert.Equal(["shop", "nginx"], (await ReadAsync()).Services.Select(service => service.Name));
    }

    [Fact]
    public async Task Read_ResourceExcludedFromPublishing_IsLeftOut()
    {
        AddShop();
        Builder.AddContainer("tool", "acme/tool", "1").ExcludeFromManifest();
        Builder.AddExecutable("stripe", "stripe", ".").ExcludeFromManifest();
        Assert.Equal(["shop"], (await ReadAsync()).Services.Select(service => service.Name));
    }

    [Fact]
    public void AddElasticBeanstalkEnvironment_InRunMode_IsNotPartOfTheModel()
    {
        var running = DistributedApplication.CreateBuilder([]);
        running.AddElasticBeanstalkEnvironment("cloud");
        Assert.Empty(running.Resources.OfType<ElasticBeanstalkEnvironmentResource>());
    }

    /// <summary>A resource whose image has files for another image.</summary>
    private sealed class Site(string name) : ContainerResource(name), IResourceWithContainerFiles;
}
