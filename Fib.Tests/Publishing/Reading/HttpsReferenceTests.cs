using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Fib.Tests.Publishing.Reading;

/// <summary>References to the https endpoint of a project, which has plain http in a bundle.</summary>
public sealed class HttpsReferenceTests : AppModelTests
{
    [Fact]
    public async Task Read_ReferenceOfAProjectToAProject_HasTheAddressOnce()
    {
        AddProject("web").WithReference(AddProject("api"));
        Assert.Equal([("API_HTTP", "http://api:8080"), ("services__api__http__0", "http://api:8080")], await AddressesAsync("web"));
    }

    [Fact]
    public async Task Read_ReferenceToTheHttpsEndpointAlone_IsKept()
    {
        AddProject("web").WithReference(AddProject("api").GetEndpoint("https"));
        Assert.Equal([("API_HTTPS", "http://api:8080"), ("services__api__https__0", "http://api:8080")], await AddressesAsync("web"));
    }

    [Fact]
    public async Task Read_ReferenceOfAContainer_HasBothNames()
    {
        AddFront().WithReference(AddProject("api"));
        Assert.Equal(
            [
                ("API_HTTP", "http://api:8080"), ("API_HTTPS", "http://api:8080"),
                ("services__api__http__0", "http://api:8080"), ("services__api__https__0", "http://api:8080")],
            await AddressesAsync("front"));
    }

    private async Task<IEnumerable<(string, string?)>> AddressesAsync(string service) => (await ReadAsync()).Find(service)!.Environment
        .Where(variable => variable.Text!.StartsWith("http://", StringComparison.Ordinal))
        .Select(variable => (variable.Name, variable.Text));
}
