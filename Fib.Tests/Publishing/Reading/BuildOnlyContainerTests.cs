using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.Tests.Publishing.Reading;

/// <summary>Apps whose image only contains files for another image; AddViteApp of Aspire.Hosting.JavaScript adds such a container.</summary>
public sealed class BuildOnlyContainerTests : AppModelTests
{
    [Fact]
    public async Task Read_FilesThatNoResourceServes_AreOneError()
    {
        AddSite().WithExternalHttpEndpoints();
        AddShop().WithEnvironment("SITE", "none");
        Assert.Equal(
            ["site: build-only container: it has no production server, and no resource of the bundle serves its files: call " +
            "PublishAsStaticWebsite or PublishAsNodeServer on it, PublishWithContainerFiles on the resource that serves them, " +
            "PublishAsDockerFile with a Dockerfile that has a server, or ExcludeFromManifest."],
            await AllProblemsAsync());
    }

    [Fact]
    public async Task Read_FilesOfAReferencedApp_AreOneError()
    {
        var site = AddSite();
        AddShop().WithReference(site.GetEndpoint("http")).WithExternalHttpEndpoints();
        Assert.StartsWith("site: build-only container: ", Assert.Single(await AllProblemsAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FilesThatAResourceServes_AreInItsImage()
    {
        AddSite();
        var site = Builder.Resources.Single(resource => resource.Name == "site");
        AddProject("web").WithExternalHttpEndpoints().WithAnnotation(
            new ContainerFilesDestinationAnnotation { Source = site, DestinationPath = "wwwroot" });
        Assert.Equal(["web"], (await ReadAsync()).Services.Select(service => service.Name));
    }

    [Fact]
    public async Task Read_AppWithAServer_IsAService()
    {
        AddSite().PublishAsDockerFile(container => container.WithDockerfile(Support.Repository.Root)).WithExternalHttpEndpoints();
        Assert.Equal(["site"], (await ReadAsync()).Services.Select(service => service.Name));
    }

    private IResourceBuilder<ExecutableResource> AddSite() => Builder.AddExecutable("site", "npm", ".").WithHttpEndpoint(env: "PORT")
        .PublishAsDockerFile(container =>
            container.Resource.Annotations.OfType<DockerfileBuildAnnotation>().Last().HasEntrypoint = false);

    /// <summary>The problems that publishing reports.</summary>
    private async Task<IEnumerable<string>> AllProblemsAsync()
    {
        var (bundle, problems) = await ReadWithProblemsAsync();
        return problems.Concat(Fib.Hosting.ElasticBeanstalk.Validation.BundleChecks.Find(bundle))
            .Where(problem => !problem.IsWarning).Select(problem => problem.ToString());
    }
}
