using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fib.Tests.Support;

namespace Fib.Tests.System.Page;

/// <summary>Forms that no browser sends: the response is an error page with the right status, and nothing is stored.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.System)]
public sealed class FormTests(SystemFixture system)
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Dictionary<string, (string ContentType, string Body, HttpStatusCode Status)> Forms = new()
    {
        ["no boundary"] = ("multipart/form-data", "x", HttpStatusCode.BadRequest),
        ["a missing boundary"] = ("multipart/form-data; boundary=x", "index=7", HttpStatusCode.BadRequest),
        ["truncated parts"] = (
            "multipart/form-data; boundary=x",
            "--x\r\nContent-Disposition: form-data; name=\"index\"\r\n\r\n7",
            HttpStatusCode.BadRequest),
        ["1,100 fields"] = (Form, string.Join('&', Enumerable.Range(0, 1_100).Select(n => $"f{n}=1")), HttpStatusCode.BadRequest),
        ["a name of 3,000 characters"] = (Form, $"{new string('x', 3_000)}=7", HttpStatusCode.BadRequest),
        ["no name of the form"] = (Form, "index=7", HttpStatusCode.BadRequest),
        ["an unknown name of the form"] = (Form, "_handler=other&index=7", HttpStatusCode.BadRequest),
        ["utf-7"] = ($"{Form}; charset=utf-7", "index=7", HttpStatusCode.UnsupportedMediaType),
        ["an unknown charset"] = ($"{Form}; charset=nonsense", "index=7", HttpStatusCode.UnsupportedMediaType),
        ["JSON"] = ("application/json", """{"index":7}""", HttpStatusCode.UnsupportedMediaType),
        ["no content type"] = ("", "index=7", HttpStatusCode.UnsupportedMediaType),
        ["more than 100 KiB"] = (Form, $"index={new string('7', 102_400)}", HttpStatusCode.RequestEntityTooLarge),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Post_MalformedForm_IsAnErrorPage(string name)
    {
        var before = await system.Gateway.GetAllAsync();
        foreach (var path in (string[])["/", "/terms/7"])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Forms[name].Body));
            content.Headers.TryAddWithoutValidation("Content-Type", Forms[name].ContentType);
            using var response = await system.Gateway.PostAsync(path, content);
            var page = await response.Content.ReadAsStringAsync();
            Assert.True(Forms[name].Status == response.StatusCode, $"{response.StatusCode}: {page}");
            Assert.Equal(new MediaTypeHeaderValue("text/html", "utf-8"), response.Content.Headers.ContentType);
            Assert.Contains("<h1>", page, StringComparison.Ordinal);
            Problem.AssertNoLeak(page);
        }

        Assert.Equal(before, await system.Gateway.GetAllAsync());
    }

    [Fact]
    public async Task Post_PageWithoutForm_IsAnErrorPage()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "submit")]);
        using var response = await system.Gateway.PostAsync("/otherpage", form);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("<h1>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>As a double click does, and a page that was opened before another one submitted the index.</summary>
    [Fact]
    public async Task Post_TermThatIsComputedAlready_RedirectsToItsPage()
    {
        var index = system.NextIndex();
        await system.Gateway.ComputeAsync(index);
        using var form = new FormUrlEncodedContent([new("_handler", "submit")]);
        using var response = await system.Gateway.PostAsync($"/terms/{index}", form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("data-state=\"Computed\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
