using System.Net;
using Fib.Tests.Support;

namespace Fib.Tests.System.Api;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class GreetingTests(SystemFixture system)
{
    [Theory]
    [InlineData("/api/")]
    [InlineData("/api")]
    [InlineData("/api/?x=1")]
    [InlineData("/api?x=1")]
    public async Task Get_Root_IsHi(string path)
    {
        using var response = await system.Gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Hi", await response.Content.ReadAsStringAsync());
    }
}
