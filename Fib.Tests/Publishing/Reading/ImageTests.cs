using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Reading;

#pragma warning disable ASPIREPIPELINES003, ASPIRECOMPUTE003 // Names of pushed images are marked experimental in Aspire 13.6.

namespace Fib.Tests.Publishing.Reading;

/// <summary>A bundle references the images that Aspire pushes.</summary>
public sealed class ImageTests : AppModelTests
{
    [Fact]
    public async Task Read_Project_IsTheImageOfTheEnvironmentsRegistry()
    {
        Environment.WithEcr("123456789012", "eu-west-1", "shop").WithProperties(environment => environment.ImagePrefix = "team-");
        AddPushOptions(AddProject("catalog-api"));
        Assert.Equal("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/team-catalog-api:1.0", await ImageAsync("catalog-api"));
        Assert.Equal("eu-west-1", Environment.Resource.Region);
    }

    [Fact]
    public async Task Read_RemoteImageNameAndTag_AreTheAppHosts()
    {
        AddPushOptions(AddProject("catalog-api").WithRemoteImageName("goods").WithRemoteImageTag("7"));
        Assert.Equal("registry.example.com/goods:7", await ImageAsync("catalog-api"));
    }

    [Fact]
    public async Task Read_RegistryOfTheResource_OverridesTheEnvironments()
    {
        AddPushOptions(AddProject("catalog-api").WithContainerRegistry(Builder.AddContainerRegistry("hub", "docker.io", "acme")));
        Assert.Equal("docker.io/acme/catalog-api:1.0", await ImageAsync("catalog-api"));
    }

    [Fact]
    public async Task Read_SeveralRegistries_AreAProblem()
    {
        Environment.WithProperties(environment => environment.Registry = "");
        var api = AddProject("catalog-api");
        foreach (var name in (string[])["hub", "mirror"])
            api.WithAnnotation(new RegistryTargetAnnotation(Builder.AddContainerRegistry(name, $"{name}.example.com").Resource));
        var exception = await Assert.ThrowsAsync<BundleException>(ReadAsync);
        Assert.Equal(
            "catalog-api: image: the app model has 2 container registries: call WithContainerRegistry on it.",
            Assert.Single(exception.Problems).ToString());
    }

    [Fact]
    public async Task Read_Dockerfile_IsABuiltImage()
    {
        AddPushOptions(Builder.AddDockerfile("site", Path.Combine(Support.Repository.Root, "samples", "Shop", "recommendations")));
        Assert.Equal("registry.example.com/site:1.0", await ImageAsync("site"));
    }

    [Fact]
    public async Task Read_DigestOfAPushedImage_ReplacesItsTag()
    {
        var digest = $"sha256:{new string('a', 64)}";
        AddPushOptions(AddProject("catalog-api"));
        Environment.Resource.PushedDigests["registry.example.com/catalog-api:1.0"] = digest;
        Assert.Equal($"registry.example.com/catalog-api@{digest}", await ImageAsync("catalog-api"));
    }

    /// <summary>Adds the callback that the pipeline adds first.</summary>
    private void AddPushOptions<T>(IResourceBuilder<T> resource) where T : IResource =>
        resource.Resource.Annotations.Insert(0, ImageReader.PushOptions(Environment.Resource, resource.Resource.Name));

    private async Task<string> ImageAsync(string service) => (await ReadAsync()).Find(service)!.Image.ToString();
}
