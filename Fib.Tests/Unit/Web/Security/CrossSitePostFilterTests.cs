using Fib.Web.Security;
using Microsoft.AspNetCore.Http;

namespace Fib.Tests.Unit.Web.Security;

public sealed class CrossSitePostFilterTests
{
    [Theory]
    [InlineData("GET", "cross-site", "https://evil.example", true)]
    [InlineData("HEAD", "cross-site", null, true)]
    [InlineData("POST", "same-origin", "http://fib.example:8080", true)]
    [InlineData("POST", "none", null, true)]
    [InlineData("POST", "same-site", "http://other.fib.example", false)]
    [InlineData("POST", "cross-site", "http://fib.example:8080", false)]
    [InlineData("POST", null, "http://fib.example:8080", true)]
    [InlineData("POST", null, "https://FIB.example:8080", true)]
    [InlineData("POST", null, "http://fib.example", false)]
    [InlineData("POST", null, "http://evil.example", false)]
    [InlineData("POST", null, "null", false)]
    [InlineData("POST", null, null, true)]
    [InlineData("DELETE", "cross-site", null, false)]
    public void IsAllowed_Request_DependsOnItsOrigin(string method, string? site, string? origin, bool allowed)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Host) = (method, new HostString("fib.example:8080"));
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;

        Assert.Equal(allowed, CrossSitePostFilter.IsAllowed(request));
    }
}
