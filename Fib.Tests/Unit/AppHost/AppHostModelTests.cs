using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fib.AppHost;

namespace Fib.Tests.Unit.AppHost;

/// <summary>The app model of AppHost.cs; nothing is started.</summary>
public sealed class AppHostModelTests
{
    [Fact]
    public async Task Model_HasEveryResourceUnderItsName()
    {
        await using var builder = await CreateAsync();
        var names = builder.Resources.Select(resource => resource.Name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                ResourceNames.Postgres, ResourceNames.Database, ResourceNames.Redis, ResourceNames.Api, ResourceNames.Worker,
                ResourceNames.Web, ResourceNames.Gateway,
            },
            names);
    }

    [Theory]
    [InlineData(ResourceNames.Api, ResourceNames.Database)]
    [InlineData(ResourceNames.Api, ResourceNames.Redis)]
    [InlineData(ResourceNames.Worker, ResourceNames.Redis)]
    [InlineData(ResourceNames.Web, ResourceNames.Api)]
    [InlineData(ResourceNames.Gateway, ResourceNames.Api)]
    [InlineData(ResourceNames.Gateway, ResourceNames.Web)]
    public async Task Model_Resource_WaitsForItsDependency(string name, string needed)
    {
        await using var builder = await CreateAsync();
        Assert.Contains(Find<IResource>(builder, name).Annotations.OfType<WaitAnnotation>(), wait => wait.Resource.Name == needed);
    }

    [Theory]
    [InlineData("", 3050)]
    [InlineData("--Port=4711", 4711)]
    public async Task Model_Gateway_HasTheConfiguredPort(string argument, int port)
    {
        await using var builder = await CreateAsync(argument);
        var endpoint = Find<IResource>(
            builder, ResourceNames.Gateway).Annotations.OfType<EndpointAnnotation>().Single(endpoint => endpoint.Name == "http");
        Assert.Equal((port, true), (endpoint.Port, endpoint.IsExternal));
    }

    [Fact]
    public async Task Model_OnlyTheGateway_IsExternal()
    {
        await using var builder = await CreateAsync();
        var external = builder.Resources.Where(
            resource => resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.IsExternal));
        Assert.Equal(ResourceNames.Gateway, Assert.Single(external).Name);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("--Workers=3", 3)]
    public async Task Model_Workers_HasTheConfiguredReplicas(string argument, int workers)
    {
        await using var builder = await CreateAsync(argument);
        Assert.Equal(
            workers, Find<ProjectResource>(builder, ResourceNames.Worker).Annotations.OfType<ReplicaAnnotation>().Single().Replicas);
    }

    [Theory]
    [InlineData(ResourceNames.Postgres)]
    [InlineData(ResourceNames.Redis)]
    public async Task Model_Data_ConfiguresTheMountsOfTheStores(string store)
    {
        await using (var volumes = await CreateAsync())
            Assert.Equal(ContainerMountType.Volume, Assert.Single(Mounts(volumes, store)).Type);

        await using (var temporary = await CreateAsync("--Data=none"))
            Assert.Empty(Mounts(temporary, store));

        var directory = Path.Combine(Path.GetTempPath(), "fib-data");
        await using var bound = await CreateAsync($"--Data={directory}");
        var mount = Assert.Single(Mounts(bound, store));
        Assert.Equal((ContainerMountType.BindMount, Path.Combine(directory, store)), (mount.Type, mount.Source));
    }

    [Theory]
    [InlineData("--Port=http")]
    [InlineData("--Workers=0")]
    public async Task Model_InvalidArgument_IsInTheMessage(string argument)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync(argument));
        Assert.Contains(argument[2..argument.IndexOf('=', StringComparison.Ordinal)], exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_InPublishMode_IsBuilt()
    {
        await using var builder = await CreateAsync("--operation", "publish", "--step", "publish");
        Assert.True(builder.ExecutionContext.IsPublishMode);
        await using var app = await builder.BuildAsync();
        Assert.Equal(ResourceNames.Gateway, Find<ProjectResource>(builder, ResourceNames.Gateway).Name);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(
            ["--Stores=containers", .. arguments.Where(argument => argument.Length > 0)]);

    private static T Find<T>(IDistributedApplicationTestingBuilder builder, string name) where T : IResource =>
        builder.Resources.OfType<T>().Single(resource => resource.Name == name);

    private static IEnumerable<ContainerMountAnnotation> Mounts(IDistributedApplicationTestingBuilder builder, string store) =>
        Find<IResource>(builder, store).Annotations.OfType<ContainerMountAnnotation>();
}
