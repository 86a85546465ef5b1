using Aspire.Hosting;
using Fib.Hosting.ElasticBeanstalk.Model;
using Fib.Hosting.ElasticBeanstalk.Outputs.Platform;
using Fib.Hosting.ElasticBeanstalk.Validation;
using Fib.Tests.Publishing.Reading;

#pragma warning disable ASPIRECOMPUTE003 // Registries are marked experimental in Aspire 13.6.

namespace Fib.Tests.Publishing.Outputs;

/// <summary>The hook that logs an instance in to the registry of the built images.</summary>
public sealed class RegistryLoginTests : AppModelTests
{
    public RegistryLoginTests() =>
        Environment.WithProperties(environment => (environment.Registry, environment.RegistryLogin) = ("", true));

    [Theory]
    [InlineData("ghcr.io", "me", " 'ghcr.io'")]
    [InlineData("registry.example.com:5000", null, " 'registry.example.com:5000'")]
    [InlineData("docker.io", "acme", "")]
    public async Task Hook_RegistryOfTheAppModel_IsLoggedInTo(string endpoint, string? repository, string expected)
    {
        AddProject("api").WithContainerRegistry(Builder.AddContainerRegistry("images", endpoint, repository));
        AddShop();
        Assert.EndsWith($" --password-stdin{expected}\n", HookOf(await ReadAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry.example.com/shop", " 'registry.example.com'")]
    [InlineData("acme", "")]
    public async Task Hook_RegistryOfTheEnvironment_IsLoggedInToWithAndWithoutABuiltImage(string registry, string expected)
    {
        Environment.WithProperties(environment => environment.Registry = registry);
        AddShop();
        Assert.EndsWith($" --password-stdin{expected}\n", HookOf(await ReadAsync()), StringComparison.Ordinal);
        AddProject("api");
        Assert.EndsWith($" --password-stdin{expected}\n", HookOf(await ReadAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hook_FurtherImagesInEcr_AreNoSecondRegistry()
    {
        AddProject("api").WithContainerRegistry(Builder.AddContainerRegistry("ecr", "123456789012.dkr.ecr.eu-west-1.amazonaws.com"));
        AddProject("web").WithContainerRegistry(Builder.AddContainerRegistry("ghcr", "ghcr.io", "me")).WithExternalHttpEndpoints();
        var bundle = await ReadAsync();
        Assert.EndsWith(" 'ghcr.io'\n", HookOf(bundle), StringComparison.Ordinal);
        Assert.DoesNotContain(BundleChecks.Find(bundle), problem => !problem.IsWarning);
    }

    [Fact]
    public async Task Find_ImagesInSeveralRegistries_IsAProblem()
    {
        AddProject("api").WithContainerRegistry(Builder.AddContainerRegistry("hub", "docker.io", "acme"));
        AddProject("web").WithContainerRegistry(Builder.AddContainerRegistry("ghcr", "ghcr.io", "me")).WithExternalHttpEndpoints();
        Assert.Equal(
            "store: registry login: the images are in Docker Hub and ghcr.io, and REGISTRY_USER and REGISTRY_PASSWORD are those of one " +
            "registry: push all images to one, or log in with a hook of WithBundleFile instead of RegistryLogin.",
            Assert.Single(BundleChecks.Find(await ReadAsync()), problem => !problem.IsWarning).ToString());
    }

    private static string HookOf(Bundle bundle) =>
        Hooks.ForCompose(bundle).Single(hook => hook.Path == "prebuild/10_registry_login.sh").Text;
}
