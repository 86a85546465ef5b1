using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;

namespace Fib.Tests.Publishing.Reading;

/// <summary>What an app model can say and no bundle can: each named with its remedy.</summary>
public sealed class ReadingProblemTests : AppModelTests
{
    [Fact]
    public async Task Read_SeveralExternalResources_OffersNginxWithARouteForEach()
    {
        AddShop().WithExternalHttpEndpoints();
        AddFront().WithExternalHttpEndpoints();
        Assert.Equal(
            ["shop, front: external endpoints: an instance has one public port. Put an nginx in front, with a route for each: environment.PublishAsNginx([new(\"/shop\", \"shop\"), new(\"/\", \"front\")])."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ExternalResourceWithoutRoute_IsNamed()
    {
        AddShop().WithExternalHttpEndpoints();
        Environment.PublishAsNginx([new("/", AddFront())]);
        Assert.Equal(["shop: external endpoint: no route of nginx leads to it: add one, or make the endpoint internal."], await ProblemsAsync());
    }

    [Fact]
    public async Task Read_Executable_OffersADockerfileAndExclusion()
    {
        Builder.AddExecutable("tool", "tool", ".");
        Assert.Equal(
            ["tool: executable: an instance runs containers only: call PublishAsDockerFile on it, or ExcludeFromManifest where it is for development."], await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ExternalEndpointThatIsNotHttp_IsNamed()
    {
        AddShop().WithEndpoint(name: "smtp", targetPort: 25, isExternal: true).PublishAsElasticBeanstalkService(service => service.PublishedPort = 80);
        Assert.StartsWith("shop: endpoint smtp: the load balancer passes http on, not tcp", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BindMountOutsideTheAppHost_IsNamed()
    {
        AddShop().WithBindMount("/etc/hostname", "/name");
        Assert.StartsWith("shop: bind mount: '/etc/hostname' is no file or directory below the AppHost", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FilesThatTheAppHostWritesIntoAContainer_AreNamed()
    {
        AddShop().WithContainerFiles("/etc/shop", [new ContainerFile { Name = "shop.conf", Contents = "a" }]);
        Assert.StartsWith("shop: container files:", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Replicas_WarnWithWhatToDo()
    {
        AddProject("api").WithReplicas(3);
        Assert.StartsWith("warning: api: replicas: an instance runs one container of it, not 3", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SeveralDatabasesOfAnExistingServer_NeedTheirOwnProperties()
    {
        var server = Builder.AddPostgres("server").PublishAsExisting(new EnvironmentProperty("PGHOST", "the server"));
        AddShop().WithReference(server.AddDatabase("goods")).WithReference(server.AddDatabase("users"));
        Assert.StartsWith("server: databases: goods, users would all get the same properties", Assert.Single(await ProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BundleFileThatIsMissing_IsNamed()
    {
        AddShop();
        Environment.WithBundleFile(".platform/hooks/postdeploy/warm.sh", "missing.sh");
        Assert.Equal(["cloud: bundle file: 'missing.sh' for .platform/hooks/postdeploy/warm.sh is no file."], await ProblemsAsync());
    }
}
