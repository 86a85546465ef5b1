using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.Tests.Publishing.Reading;

/// <summary>The endpoint behind port 80 of the instance, and the health check of the load balancer.</summary>
public sealed class PublicEndpointTests : AppModelTests
{
    [Fact]
    public async Task Read_OnlyExternalEndpoint_IsPublishedAs80()
    {
        AddShop();
        AddFront().WithExternalHttpEndpoints();
        Assert.Equal([null, 80], (await ReadAsync()).Services.Select(service => service.PublishedPort));
    }

    [Fact]
    public async Task Read_ExternalEndpoint_IsPublishedBeforeAnInternalOneThatCameFirst()
    {
        AddSite().WithHttpHealthCheck("/metrics/ready", 204, "metrics");
        var bundle = await ReadAsync();
        Assert.Equal((80, 8080), (bundle.Services[0].PublishedPort, bundle.Services[0].Port));
        Assert.Equal(("/", 200), (bundle.Platform.HealthCheckPath, bundle.Platform.HealthCheckStatus));
    }

    [Fact]
    public async Task Read_HealthCheckOfThePublishedEndpoint_GivesPathAndStatus()
    {
        AddSite().WithHttpHealthCheck("/metrics/ready", 200, "metrics").WithHttpHealthCheck("/ready", 204, "site");
        var bundle = await ReadAsync();
        Assert.Equal(("/ready", 204), (bundle.Platform.HealthCheckPath, bundle.Platform.HealthCheckStatus));
    }

    [Fact]
    public async Task Read_HealthCheckPathOfTheEnvironment_HasStatus200()
    {
        Environment.WithProperties(environment => environment.HealthCheckPath = "/alive");
        AddSite().WithHttpHealthCheck("/ready", 204, "site");
        var bundle = await ReadAsync();
        Assert.Equal(("/alive", 200), (bundle.Platform.HealthCheckPath, bundle.Platform.HealthCheckStatus));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Read_HealthCheckThatTheTemplatesMapInDevelopment_IsAWarning(string path)
    {
        AddProject("web").WithExternalHttpEndpoints().WithHttpHealthCheck(path);
        Assert.Equal(
            [$"warning: web: health check: the load balancer requests '/' and expects 200, since Aspire's ServiceDefaults map {path} in " +
            "development only. If the program maps it in production too, call WithProperties(environment => " +
            $"environment.HealthCheckPath = \"{path}\")."],
            await ProblemsAsync());
        Assert.Equal("/", (await ReadAsync()).Platform.HealthCheckPath);
        Environment.WithProperties(environment => environment.HealthCheckPath = path);
        Assert.Empty(await ProblemsAsync());
        Assert.Equal(path, (await ReadAsync()).Platform.HealthCheckPath);
    }

    [Fact]
    public async Task Read_FurtherHealthCheckOfAProject_HasPrecedenceOverThatOfTheTemplates()
    {
        AddProject("web").WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithHttpHealthCheck("/ready");
        Assert.Equal("/ready", (await ReadAsync()).Platform.HealthCheckPath);
        Assert.Empty(await ProblemsAsync());
    }

    [Fact]
    public async Task Read_SecondExternalEndpoint_IsAWarning()
    {
        AddSite().WithExternalHttpEndpoints();
        Assert.Equal(
            ["warning: site: endpoint site: only the endpoint 'metrics' is published, since an instance has one public port: make one of " +
            "them internal."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_PublicServiceWithOnlyHttps_IsAProblem()
    {
        Builder.AddContainer("site", "docker.io/acme/site", "1.0").WithHttpsEndpoint(targetPort: 8443).WithExternalHttpEndpoints();
        Assert.Equal(
            ["site: endpoint https: the load balancer terminates TLS, and it and nginx connect with plain http: add an http endpoint."],
            await ProblemsAsync());
    }

    [Fact]
    public async Task Read_HttpsEndpointOfTheRouterThatNginxReplaces_IsNoProblem()
    {
        var shop = AddShop();
        Builder.AddContainer("router", "docker.io/acme/router", "1.0").WithHttpsEndpoint(targetPort: 8443)
            .PublishAsNginx([new("/", shop)]);
        Assert.DoesNotContain(await ProblemsAsync(), problem => problem.Contains("endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ExternalEndpointsOfAProject_AreOnePort()
    {
        AddProject("web").WithExternalHttpEndpoints();
        Assert.Empty(await ProblemsAsync());
    }

    [Theory]
    [InlineData("/", "", "/ready", "/ready")]
    [InlineData("/site", "/site", "/ready", "/")]
    [InlineData("/site", "/site", "/site/ready", "/")]
    [InlineData("/site", "", "/Site/ready", "/Site/ready")]
    [InlineData("/site", "", "/ready", "/")]
    public async Task Read_HealthCheckBehindNginx_CountsIfARouteKeepsItsPath(string prefix, string removed, string check, string expected)
    {
        var site = AddSite().WithHttpHealthCheck(check, endpointName: "site");
        Environment.PublishAsNginx([new(prefix, site) { PathRemovePrefix = removed }]);
        Assert.Equal(expected, (await ReadAsync()).Platform.HealthCheckPath);
    }

    [Fact]
    public async Task Read_HealthCheckBehindNginx_IsThatOfTheServiceThatGetsThePath()
    {
        var shop = AddShop().WithHttpHealthCheck("/ready");
        var front = AddFront().WithHttpHealthCheck("/front/ready");
        Environment.PublishAsNginx([new("/shop", shop), new("/", front)], nginx => nginx.BlockedPaths.Add("/front/ready"));
        Assert.Equal("/", (await ReadAsync()).Platform.HealthCheckPath);
    }

    private IResourceBuilder<ContainerResource> AddSite() =>
        Builder.AddContainer("site", "docker.io/acme/site", "1.0").WithHttpEndpoint(name: "metrics", targetPort: 9090)
            .WithHttpEndpoint(name: "site", targetPort: 8080).WithEndpoint("site", endpoint => endpoint.IsExternal = true);
}
