using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Validation;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Features of app models that a bundle does not support: each is reported with its remedy.</summary>
public sealed class ReadingProblemTests : AppModelTests
{
    [Fact]
    public async Task Read_SeveralExternalResources_SuggestsNginxWithARouteForEach()
    {
        AddShop().WithExternalHttpEndpoints();
        AddFront().WithExternalHttpEndpoints();
        Assert.Equal(
            ["shop, front: external endpoints: an instance has one public port. Add an nginx with a route for each: environment.PublishAsNginx([new(\"/shop\", \"shop\") { PathRemovePrefix = \"/shop\" }, new(\"/\", \"front\")])."],
            await ProblemsAsync());
        Assert.Empty(BundleChecks.Find((await ReadWithProblemsAsync()).Bundle));
    }

    [Fact]
    public async Task Read_ExternalResourceWithoutRoute_IsReported()
    {
        AddShop().WithExternalHttpEndpoints();
        Environment.PublishAsNginx([new("/", AddFront())]);
        Assert.Equal(["shop: external endpoint: nginx has no route to it: add one, or make the endpoint internal."], await ProblemsAsync());
    }

    [Fact]
    public async Task Read_Executable_SuggestsADockerfileOrExclusion()
    {
        Builder.AddExecutable("tool", "tool", ".");
        Assert.Equal(
            ["tool: executable: an instance runs containers only: call PublishAsDockerFile on it, or ExcludeFromManifest if it is only for development."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ExternalEndpointThatIsNotHttp_IsReported()
    {
        AddShop().WithEndpoint(
            name: "smtp", targetPort: 25, isExternal: true).PublishAsElasticBeanstalkService(service => service.PublishedPort = 80);
        Assert.StartsWith(
            "shop: endpoint smtp: the load balancer forwards http, not tcp", Assert.Single(await ProblemsAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BindMountOutsideTheAppHost_IsReported()
    {
        AddShop().WithBindMount("/etc/hostname", "/name");
        Assert.StartsWith(
            "shop: bind mount: '/etc/hostname' is not a file or directory below the AppHost", Assert.Single(await ProblemsAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ContainerFilesThatABundleCannotContain_AreReported()
    {
        AddShop().WithContainerFiles(
            "/etc/shop",
            [
                new ContainerFile { Name = "key.pem", Contents = "a", Mode = UnixFileMode.UserRead },
                new ContainerOpenSSLCertificateFile { Name = "ca.pem", Contents = "a" },
                new ContainerFile { Name = "none.conf", SourcePath = "/none" },
            ]);
        await using var app = Builder.Build();
        Assert.Equal(
            [
                "shop: container files: '/etc/shop/key.pem' must not be readable by other users, and files of a bundle are: " +
                "put its content into a secret parameter.",
                "shop: container files: '/etc/shop/ca.pem' is a ContainerOpenSSLCertificateFile, which a bundle cannot contain: " +
                "put it into the image.",
                "shop: container files: '/etc/shop/none.conf' comes from '/none', which is not a file."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_ContainerRuntimeArguments_AreAWarning()
    {
        AddShop().WithContainerRuntimeArgs("--cap-add", "NET_ADMIN");
        Assert.StartsWith(
            "warning: shop: container runtime arguments: a bundle does not pass them", Assert.Single(await ProblemsAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ExistingResourceWhoseTlsSyntaxIsUnknown_IsReported()
    {
        var ledger = Builder.AddResource(new Ledger("ledger")).WithEndpoint(name: "tcp", targetPort: 7000).PublishAsExisting(tls: true);
        AddShop().WithReference(ledger);
        Assert.Equal(
            ["shop: environment variable ConnectionStrings__ledger: the TLS syntax of the connection string of 'ledger' is not known: " +
            "call PublishAsExisting with its properties, or PublishAsConnectionString."],
            await ProblemsAsync());
    }

    /// <summary>A resource of an integration that the publisher does not know.</summary>
    private sealed class Ledger(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"ledger={new EndpointReference(this, "tcp").Property(EndpointProperty.HostAndPort)}");
    }

    [Fact]
    public async Task Read_Replicas_AreAWarning()
    {
        AddProject("api").WithReplicas(3);
        Assert.StartsWith(
            "warning: api: replicas: an instance runs one container of it, not 3", Assert.Single(await ProblemsAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SeveralDatabasesOfAnExistingServer_NeedTheirOwnProperties()
    {
        var server = Builder.AddPostgres("server").PublishAsExisting(new EnvironmentProperty("PGHOST", "the server"));
        AddShop().WithReference(server.AddDatabase("goods")).WithReference(server.AddDatabase("users"));
        Assert.StartsWith(
            "server: databases: goods, users would all get the same properties", Assert.Single(await ProblemsAsync()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BundleFileThatIsMissing_IsReported()
    {
        AddShop();
        Environment.WithBundleFile(".platform/hooks/postdeploy/warm.sh", "missing.sh");
        Assert.Equal(["cloud: bundle file: 'missing.sh' for .platform/hooks/postdeploy/warm.sh is not a file."], await ProblemsAsync());
    }
}
