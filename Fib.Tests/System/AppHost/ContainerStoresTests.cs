using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Fib.AppHost;
using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.AppHost;

/// <summary>Redis and PostgreSQL as containers, the default of Aspire. The other tests run them as processes.</summary>
[Collection(nameof(ContainerTests))]
[Trait(Category.Name, Category.Containers)]
public sealed class ContainerStoresTests
{
    private static readonly string[] Arguments = ["--Stores=containers", "--Data=none"];

    [Fact]
    public async Task StoresAsContainers_TheWholeSystemWorks()
    {
        Assert.SkipUnless(await ContainerEngine.AnswersAsync(), ContainerEngine.WhyMissing);
        await GetImagesAsync();

        await using var system = await FibSystem.StartAsync(Arguments);

        await AssertPropertyAsync(system, ResourceNames.Redis, "container.image", "docker.io/library/redis:");
        await AssertPropertyAsync(system, ResourceNames.Postgres, "container.image", "docker.io/library/postgres:");
        // The name of the running instance, such as postgres-abcdefgh.
        await AssertPropertyAsync(system, ResourceNames.Database, "resource.parentName", $"{ResourceNames.Postgres}-");
        // Retries: the first commit to the disk of a container may take longer than the timeout of a request.
        await system.Gateway.SubmitAsync(7);
        Assert.Equal("13", await system.Gateway.UntilComputedAsync(7));
    }

    private static async Task AssertPropertyAsync(FibSystem system, string resource, string name, string expectedStart) =>
        Assert.StartsWith(expectedStart, await system.GetPropertyAsync(resource, name), StringComparison.Ordinal);

    /// <summary>Pulls the images; builds those that the engine cannot pull from Debian packages.</summary>
    private static async Task GetImagesAsync()
    {
        var missing = new List<string>();
        foreach (var image in await ReadImagesAsync())
        {
            if (!await ContainerEngine.HasAsync(image))
                missing.Add(image);
        }

        if (missing.Count == 0)
            return;
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess,
            $"The engine cannot pull {string.Join(", ", missing)}, and only root can build substitutes.");
        await new Command(Path.Combine(Repository.Root, "fib"), "images", "--offline-stores").RunAsync();
    }

    private static async Task<string[]> ReadImagesAsync()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Fib_AppHost>(Arguments);
        return [.. builder.Resources.OfType<ContainerResource>()
            .Select(store => store.TryGetContainerImageName(out var image) ? image : "").Order()];
    }
}
