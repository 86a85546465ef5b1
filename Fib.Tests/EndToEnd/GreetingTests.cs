using System.Net;
using Fib.Tests.Support;

namespace Fib.Tests.EndToEnd;

[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class GreetingTests(SystemFixture system)
{
    [Theory]
    [InlineData("/api/")]
    [InlineData("/api")]
    [InlineData("/api/?x=1")]
    [InlineData("/api?x=1")]
    public async Task Get_TheRoot_SaysHi(string path)
    {
        using var answer = await system.Gateway.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Hi", await answer.Content.ReadAsStringAsync());
    }
}
