using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Tests.Publishing.Reading;

public sealed class BundleReaderTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish"]);
    private readonly IResourceBuilder<ElasticBeanstalkEnvironmentResource> _environment;

    public BundleReaderTests() =>
        _environment = _builder.AddElasticBeanstalkEnvironment("cloud").WithProperties(environment => (environment.Application, environment.Tag, environment.Registry) = ("store", "1.0", "registry.example.com"));

    [Fact]
    public async Task Read_Container_TakesItsImagePortAndVolume()
    {
        AddShop().WithVolume("some-machine-dependent-name", "/var/data");
        var (bundle, problems) = await ReadAsync();
        Assert.Empty(problems);
        var shop = bundle.Services.Single();
        Assert.Equal(("shop", "docker.io/acme/shop:2.1", 8080), (shop.Hostname, shop.Image.ToString(), shop.Port));
        Assert.Equal([new VolumeMount("shop-var-data", "/var/data")], shop.Mounts);
    }

    [Fact]
    public async Task Read_Reference_BecomesTheHostNameAndPortOfTheService()
    {
        var shop = AddShop().PublishAsElasticBeanstalkService(service => (service.Hostname, service.Port) = ("goods", 5000));
        AddFront().WithEnvironment("SHOP", shop.GetEndpoint("http")).WithEnvironment("SHOP_PATH", ReferenceExpression.Create($"{shop.GetEndpoint("http")}/all"));
        var (bundle, problems) = await ReadAsync();
        Assert.Empty(problems);
        var front = bundle.Find("front")!;
        Assert.Equal([("SHOP", "http://goods:5000"), ("SHOP_PATH", "http://goods:5000/all")], front.Environment.Select(variable => (variable.Name, variable.Text)));
        Assert.Equal(["shop"], front.Uses);
    }

    [Fact]
    public async Task Read_Parameter_BecomesAPropertyInCapitals()
    {
        AddShop().WithEnvironment("TOKEN", _builder.AddParameter("api-token", secret: true));
        var (bundle, _) = await ReadAsync();
        Assert.Equal(new EnvironmentProperty("API_TOKEN", "the parameter api-token") { Secret = true }, bundle.Services.Single().Environment.Single().Property);
    }

    [Fact]
    public async Task Read_Wait_BecomesADependency()
    {
        AddFront().WaitFor(AddShop());
        var (bundle, _) = await ReadAsync();
        Assert.Equal(["shop"], bundle.Find("front")!.DependsOn);
    }

    [Fact]
    public async Task Read_StoreThatExistsAlready_IsHandedOverAsPropertiesAlone()
    {
        var place = new EnvironmentProperty("STORE_HOST", "where the store is");
        var store = _builder.AddPostgres("server").PublishAsExisting(place).AddDatabase("store");
        AddShop().WithReference(store).WaitFor(store).WithEnvironment("COLOUR", "red");
        var (bundle, problems) = await ReadAsync();
        Assert.Empty(problems);
        Assert.Equal(["COLOUR", "STORE_HOST"], bundle.Services.Single().Environment.Select(variable => variable.Name));
        Assert.Equal(place, bundle.Services.Single().Properties.Single());
    }

    [Fact]
    public async Task Read_EverythingThatCannotBeExpressed_IsFoundAtOnce()
    {
        var shop = AddShop().WithBindMount("/etc/shop", "/etc/shop").WithArgs("--fast");
        var tool = _builder.AddExecutable("tool", "tool", ".").PublishAsElasticBeanstalkService(_ => { });
        AddFront().WaitForCompletion(shop).WithHttpEndpoint(name: "admin", targetPort: 9000).WithExternalHttpEndpoints();
        _builder.AddContainer("lost", "acme/lost", "1");
        var (_, problems) = await ReadAsync();
        Assert.Equal(
            ["front: endpoint http", "front: endpoints", "front: wait", "lost: placement", "shop: arguments", "shop: bind mount", "tool: executable"],
            problems.Select(problem => $"{problem.Resource}: {problem.Concept}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_ResourceExcludedFromPublishing_IsLeftOut()
    {
        AddShop();
        _builder.AddContainer("tool", "acme/tool", "1").ExcludeFromManifest();
        var (bundle, problems) = await ReadAsync();
        Assert.Empty(problems);
        Assert.Equal(["shop"], bundle.Services.Select(service => service.Name));
    }

    [Fact]
    public void AddElasticBeanstalkEnvironment_InRunMode_IsNoPartOfTheModel()
    {
        var running = DistributedApplication.CreateBuilder([]);
        running.AddElasticBeanstalkEnvironment("cloud");
        Assert.Empty(running.Resources.OfType<ElasticBeanstalkEnvironmentResource>());
    }

    private IResourceBuilder<ContainerResource> AddShop() =>
        _builder.AddContainer("shop", "docker.io/acme/shop", "2.1").WithHttpEndpoint(targetPort: 8080).PublishAsElasticBeanstalkService(service => service.HealthCheck.Add("alive"));

    private IResourceBuilder<ContainerResource> AddFront() =>
        _builder.AddContainer("front", "docker.io/acme/front", "2.1").WithHttpEndpoint(targetPort: 80).PublishAsElasticBeanstalkService(_ => { });

    private async Task<(Bundle Bundle, IReadOnlyList<Problem> Problems)> ReadAsync() =>
        await BundleReader.ReadAsync(_environment.Resource, new DistributedApplicationModel(_builder.Resources), _builder.ExecutionContext, CancellationToken.None);
}
