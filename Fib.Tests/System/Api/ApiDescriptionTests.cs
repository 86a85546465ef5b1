using Fib.LocalSystem.Processes;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

/// <summary>The published OpenAPI document changes only on purpose: Golden/openapi/openapi.json is reviewed as code.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class ApiDescriptionTests(SystemFixture system)
{
    [Fact]
    public async Task Document_IsTheReviewedOne()
    {
        using var folder = new TemporaryFolder("openapi");
        var document = await system.Gateway.GetStringAsync("/api/openapi/v1.json");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "openapi.json"), document);
        Golden.Verify(folder.Path, "openapi", ["openapi.json"]);
    }
}
