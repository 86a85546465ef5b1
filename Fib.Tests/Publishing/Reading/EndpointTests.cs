using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.Tests.Publishing.Reading;

/// <summary>The addresses by which services reach each other, and the ports on which they listen.</summary>
public sealed class EndpointTests : AppModelTests
{
    [Fact]
    public async Task Read_Reference_BecomesTheHostNameAndPortOfTheService()
    {
        var shop = AddShop().PublishAsElasticBeanstalkService(service => (service.Hostname, service.Port) = ("goods", 5000));
        AddFront().WithEnvironment(
            "SHOP", shop.GetEndpoint("http")).WithEnvironment("SHOP_PATH", ReferenceExpression.Create($"{shop.GetEndpoint("http")}/all"));
        var front = (await ReadAsync()).Find("front")!;
        Assert.Equal(
            [("SHOP", "http://goods:5000"), ("SHOP_PATH", "http://goods:5000/all")],
            front.Environment.Select(variable => (variable.Name, variable.Text)));
        Assert.Equal(["shop"], front.Uses);
    }

    [Fact]
    public async Task Read_SecondEndpoint_HasItsOwnPort()
    {
        var shop = AddShop().WithEndpoint(name: "smtp", targetPort: 1025).WithHttpsEndpoint(targetPort: 8443);
        AddFront().WithEnvironment(
            "MAIL", shop.GetEndpoint("smtp").Property(EndpointProperty.HostAndPort)).WithEnvironment("SECURE", shop.GetEndpoint("https"));
        var front = (await ReadAsync()).Find("front")!;
        Assert.Equal(
            [("MAIL", "shop:1025"), ("SECURE", "https://shop:8443")], front.Environment.Select(variable => (variable.Name, variable.Text)));
    }

    [Fact]
    public async Task Read_FurtherEndpointsOfAProject_HaveTheirOwnPorts()
    {
        var silo = AddProject("silo").WithEndpoint(name: "gateway").WithHttpEndpoint(name: "admin");
        AddFront()
            .WithEnvironment("GATEWAY", silo.GetEndpoint("gateway").Property(EndpointProperty.HostAndPort))
            .WithEnvironment("ADMIN", silo.GetEndpoint("admin")).WithEnvironment("SITE", silo.GetEndpoint("https"));
        var bundle = await ReadAsync();
        Assert.Equal(
            [("ADMIN", "http://silo:8082"), ("GATEWAY", "silo:8081"), ("SITE", "http://silo:8080")],
            bundle.Find("front")!.Environment.Select(variable => (variable.Name, variable.Text)));
        Assert.Equal([8081, 8082], bundle.Find("silo")!.FurtherPorts);
        Assert.Equal(
            "8080;8082", bundle.Find("silo")!.Environment.Single(variable => variable.Name == "ASPNETCORE_HTTP_PORTS").Text);
    }

    [Fact]
    public async Task Read_HttpsEndpointOfAProject_IsKeptIfTheAppSetItAndMergedIfAspireDid()
    {
        var identity = AddProject("identity-api");
        AddProject("front").WithReference(identity).WithEnvironment("IdentityUrl", identity.GetEndpoint("https"));
        var front = (await ReadAsync()).Find("front")!;
        Assert.Equal(
            [
                ("IDENTITY_API_HTTP", "http://identity-api:8080"), ("IdentityUrl", "http://identity-api:8080"),
                ("services__identity-api__http__0", "http://identity-api:8080")],
            front.Environment.Where(variable => variable.Text!.StartsWith("http://identity", StringComparison.Ordinal))
                .Select(variable => (variable.Name, variable.Text)));
    }

    [Fact]
    public async Task Read_PortsThatTheAppSets_AreKept()
    {
        AddProject("api").WithEnvironment("ASPNETCORE_URLS", "http://+:9000").PublishAsElasticBeanstalkService(
            service => service.Port = 9000);
        Assert.Equal(
            [("ASPNETCORE_HTTP_PORTS", "9000"), ("ASPNETCORE_URLS", "http://+:9000")],
            (await ReadAsync()).Services.Single().Environment
                .Where(variable => variable.Name is "ASPNETCORE_HTTP_PORTS" or "ASPNETCORE_URLS")
                .Select(variable => (variable.Name, variable.Text)));
    }
}
