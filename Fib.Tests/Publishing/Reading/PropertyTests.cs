using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Compose;
using Fib.Hosting.ElasticBeanstalk.Reading;

namespace Fib.Tests.Publishing.Reading;

/// <summary>The values of an app model that become environment properties.</summary>
public sealed class PropertyTests : AppModelTests
{
    [Fact]
    public async Task Read_Parameter_BecomesAPropertyInUpperCase()
    {
        AddShop().WithEnvironment("TOKEN", Builder.AddParameter("api-token", secret: true));
        Assert.Equal(
            new EnvironmentProperty("API_TOKEN", "the parameter api-token") { Secret = true },
            (await ShopAsync()).Environment.Single().Property);
    }

    [Fact]
    public async Task Read_Description_BecomesOneLineOfText()
    {
        AddShop().WithEnvironment("TOKEN", Builder.AddParameter("api-token").WithDescription("🔑 The \"token\" {1}\n  of the $shop |\n"));
        Assert.Equal("The token 1 of the shop", (await ShopAsync()).Environment.Single().Property!.Description);
    }

    [Fact]
    public async Task Read_ParameterWithDefault_KeepsIt()
    {
        AddShop().WithEnvironment("CULTURE", Builder.AddParameter("store-culture", "en-US", publishValueAsDefault: true));
        Assert.Equal("${STORE_CULTURE:-en-US}", await ValueAsync("CULTURE"));
    }

    [Fact]
    public async Task Read_BracesBeforeAParameter_AreKept()
    {
        var key = Builder.AddParameter("key");
        // The expression's format is "{{{0}}}", in which two braces mean one.
        AddFront().WithEnvironment("TEXT", ReferenceExpression.Create($"{{{{{key}}}}}"));
        var variable = Assert.Single((await ReadAsync()).Find("front")!.Environment);
        Assert.Equal(["{", "}"], variable.Parts.OfType<TextPart>().Select(part => part.Text));
    }

    [Fact]
    public async Task Read_GeneratedPassword_HasNoDefault()
    {
        AddShop().WithReference(Builder.AddRedis("cache"));
        Assert.Equal("${CACHE_PASSWORD:?CACHE_PASSWORD must be the parameter cache-password}", await ValueAsync("CACHE_PASSWORD"));
    }

    [Fact]
    public async Task Read_GeneratedParameterOfAnExistingServer_IsAProblem()
    {
        var password = Builder.AddParameter("database-password", new GenerateParameterDefault(), secret: true);
        AddShop().WithReference(Builder.AddPostgres("database", password: password).PublishAsExisting());
        Assert.Contains(
            "database-password: generated value: its server already exists, and so does its value: create the parameter without " +
            "GenerateParameterDefault.",
            await ProblemsAsync());
    }

    [Fact]
    public async Task Prepare_PasswordOfAnExistingServer_IsNotGenerated()
    {
        var builder = DistributedApplication.CreateBuilder(
            ["--operation", "publish", "--step", $"prepare-deployment-targets-{Environment.Resource.Name}"]);
        builder.AddElasticBeanstalkEnvironment(Environment.Resource.Name);
        var (existing, deployed) = (builder.AddPostgres("existing").PublishAsExisting(), builder.AddRedis("deployed"));
        builder.AddContainer("shop", "docker.io/acme/shop", "2.1").WithReference(existing).WithReference(deployed);
        await builder.Build().RunAsync();
        Assert.Null(existing.Resource.PasswordParameter.Default);
        Assert.IsType<GenerateParameterDefault>(deployed.Resource.PasswordParameter!.Default);
    }

    /// <summary>The remedy that a deployment names for a value with other characters.</summary>
    [Fact]
    public async Task Read_ReferenceWithoutUri_PermitsEveryValue()
    {
        AddShop().WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString)
            .WithReference(Builder.AddPostgres("server").AddDatabase("database"));
        var shop = (await ReadAsync()).Find("shop")!;
        Assert.Equal(["ConnectionStrings__database"], shop.Environment.Select(variable => variable.Name));
        Assert.All(shop.Properties, property => Assert.False(property.UriSafe));
    }

    [Fact]
    public async Task Read_PropertyInAUri_IsRestrictedInAllItsUses()
    {
        AddShop().WithReference(Builder.AddRedis("cache"));
        Assert.StartsWith("redis://:${CACHE_PASSWORD:?", await ValueAsync("CACHE_URI"), StringComparison.Ordinal);
        var bundle = await ReadAsync();
        Assert.True(Assert.Single(bundle.Properties).UriSafe);
    }

    [Fact]
    public async Task Read_ConnectionString_IsOnePropertyUnderItsOwnName()
    {
        AddShop().WithReference(Builder.AddConnectionString("orders"));
        Assert.Equal(
            "${ConnectionStrings__orders:?ConnectionStrings__orders must be the connection string of orders}",
            await ValueAsync("ConnectionStrings__orders"));
    }

    [Fact]
    public async Task Read_PublishAsConnectionString_LeavesTheContainerOut()
    {
#pragma warning disable CS0618 // Obsolete in later versions, but still in use.
        AddShop().WithReference(Builder.AddRedis("cache").PublishAsConnectionString());
#pragma warning restore CS0618
        var bundle = await ReadAsync();
        Assert.Equal(["shop"], bundle.Services.Select(service => service.Name));
        Assert.Single(bundle.Find("shop")!.Environment);
        Assert.Equal(
            "${ConnectionStrings__cache:?ConnectionStrings__cache must be the connection string of cache}",
            await ValueAsync("ConnectionStrings__cache"));
    }

    [Fact]
    public async Task Read_ExistingResourceWithProperties_BecomesOnlyThese()
    {
        var property = new EnvironmentProperty("STORE_HOST", "where the store is");
        var store = Builder.AddPostgres("server").PublishAsExisting(property).AddDatabase("store");
        AddShop().WithReference(store).WaitFor(store).WithEnvironment("COLOUR", "red");
        var shop = await ShopAsync();
        Assert.Equal(["COLOUR", "STORE_HOST"], shop.Environment.Select(variable => variable.Name));
        Assert.Equal(property, shop.Properties.Single());
    }

    [Fact]
    public async Task Read_ExistingDatabases_HaveTheirOwnPropertiesAndCoverTheirServer()
    {
        var server = Builder.AddPostgres("server");
        var goods = server.AddDatabase("goods").PublishAsExisting(new EnvironmentProperty("GOODS_URL", "the goods"));
        var users = server.AddDatabase("users").PublishAsExisting(new EnvironmentProperty("USERS_URL", "the users"));
        AddShop().WithReference(goods).WithReference(users).WaitFor(goods);
        Assert.Equal(["shop"], (await ReadAsync()).Services.Select(service => service.Name));
        Assert.Equal(["GOODS_URL", "USERS_URL"], (await ShopAsync()).Environment.Select(variable => variable.Name));
    }

    [Fact]
    public async Task Read_ExistingServerWithoutProperties_IsReachedThroughItsHostAndPort()
    {
        var server = Builder.AddPostgres("main-db").PublishAsExisting();
        AddShop().WithReference(server.AddDatabase("goods"));
        Assert.Equal(
            "Host=${MAIN_DB_HOST:?MAIN_DB_HOST must be the host name of main-db};Port=${MAIN_DB_PORT:-5432};Username=postgres;" +
            "Password=${MAIN_DB_PASSWORD:?MAIN_DB_PASSWORD must be the parameter main-db-password};Database=goods",
            await ValueAsync("ConnectionStrings__goods"));
    }

    [Fact]
    public async Task Read_ExistingRedisWithTls_RequiresItInConnectionStringAndUri()
    {
        AddShop().WithReference(Builder.AddRedis("cache").PublishAsExisting(tls: true));
        Assert.Equal(
            "${CACHE_HOST:?CACHE_HOST must be the host name of cache}:${CACHE_PORT:-6379}," +
            "password=${CACHE_PASSWORD:?CACHE_PASSWORD must be the parameter cache-password},ssl=true",
            await ValueAsync("ConnectionStrings__cache"));
        Assert.StartsWith("rediss://:", await ValueAsync("CACHE_URI"), StringComparison.Ordinal);
        Assert.StartsWith("${CACHE_HOST:?", await ValueAsync("CACHE_HOST"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ExistingPostgresWithTls_RequiresItInConnectionStringAndUris()
    {
        AddShop().WithReference(Builder.AddPostgres("main-db").PublishAsExisting(tls: true).AddDatabase("goods"));
        Assert.EndsWith(
            "must be the parameter main-db-password};SSL Mode=Require;Database=goods", await ValueAsync("ConnectionStrings__goods"),
            StringComparison.Ordinal);
        Assert.EndsWith("/goods?sslmode=require", await ValueAsync("GOODS_URI"), StringComparison.Ordinal);
        Assert.EndsWith("/goods?sslmode=require", await ValueAsync("GOODS_JDBCCONNECTIONSTRING"), StringComparison.Ordinal);
        Assert.Equal("goods", await ValueAsync("GOODS_DATABASENAME"));
    }

    [Fact]
    public async Task Read_ExistingDatabaseWithTls_CoversItsServer()
    {
        AddShop().WithReference(Builder.AddPostgres("main-db").AddDatabase("goods").PublishAsExisting(tls: true));
        Assert.EndsWith(";SSL Mode=Require;Database=goods", await ValueAsync("ConnectionStrings__goods"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "amqps://${BUS_HOST:?BUS_HOST must be the host name of bus}:${BUS_PORT:-5671}")]
    [InlineData(false, "amqp://${BUS_HOST:?BUS_HOST must be the host name of bus}:${BUS_PORT:-5672}")]
    public async Task Read_ExistingRabbitMq_HasAnotherPortWithTls(bool tls, string expected)
    {
        AddShop().WithReference(
            Builder.AddResource(new Broker("bus")).WithEndpoint(name: "tcp", targetPort: 5672).PublishAsExisting(tls));
        Assert.Equal(expected, await ValueAsync("ConnectionStrings__bus"));
    }

    /// <summary>A server with the endpoint and the connection string of AddRabbitMQ.</summary>
    private sealed class Broker(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"amqp://{new EndpointReference(this, "tcp").Property(EndpointProperty.HostAndPort)}");
    }

    [Theory]
    [InlineData("amqp://guest:a@host:5672", "amqps://guest:a@host:5672")]
    [InlineData("amqps://guest:a@host:5671", "amqps://guest:a@host:5671")]
    [InlineData("Host=host;SSL Mode=VerifyFull", "Host=host;SSL Mode=VerifyFull")]
    [InlineData("postgresql://host/goods?sslmode=verify-full", "postgresql://host/goods?sslmode=verify-full")]
    [InlineData("host:6379", "host:6379")]
    public void Require_Tls_ChangesOnlyWhatDoesNotRequireIt(string value, string expected) =>
        Assert.Equal(expected, ComposeText.Of(TlsSyntax.Require([new TextPart(value)])));

    private async Task<BundleService> ShopAsync() => Assert.Single((await ReadAsync()).Services, service => service.Name == "shop");

    private async Task<string> ValueAsync(string name) =>
        ComposeText.Of((await ShopAsync()).Environment.Single(variable => variable.Name == name).Parts);
}
