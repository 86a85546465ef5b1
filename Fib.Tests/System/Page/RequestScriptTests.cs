using Fib.Tests.Support;

namespace Fib.Tests.System.Page;

/// <summary>Tests of the limit of a request's time, on a page whose clock the test advances.</summary>
[Collection(SystemTests.Name)]
[Trait(Category.Name, Category.Browser)]
public sealed class RequestScriptTests(SystemFixture system, BrowserFixture browser)
{
    /// <summary>Reads a body whose chunks the test sends.</summary>
    private const string ReadBody = """
        async () => {
          const { request } = await import('/js/request.js');
          window.fetch = async (path, { signal }) => new Response(new ReadableStream({
            start(controller) {
              window.chunks = controller;
              signal.addEventListener('abort', () => controller.error(signal.reason));
            },
          }));
          const response = await request('/');
          const reader = response.body.getReader();
          window.readChunk = () => reader.read().then(({ value }) => new TextDecoder().decode(value), () => 'aborted');
        }
        """;

    private const string SendAndReadChunk = """
        () => {
          chunks.enqueue(new TextEncoder().encode('1'));
          return readChunk();
        }
        """;

    [Fact]
    public async Task Request_BodyOfManyShortPauses_IsReadToItsEnd()
    {
        await using var page = await OpenAsync();
        for (var chunk = 0; chunk < 4; chunk++)
        {
            await page.Page.Clock.FastForwardAsync("00:10");
            Assert.Equal("1", await page.Page.EvaluateAsync<string>(SendAndReadChunk));
        }
    }

    [Fact]
    public async Task Request_BodyWithALongPause_IsAborted()
    {
        await using var page = await OpenAsync();
        Assert.Equal("1", await page.Page.EvaluateAsync<string>(SendAndReadChunk));
        await page.Page.Clock.FastForwardAsync("00:20");
        Assert.Equal("aborted", await page.Page.EvaluateAsync<string>("readChunk()"));
    }

    private async Task<BrowserPage> OpenAsync()
    {
        var page = await browser.CreateAsync(system.System.Address, new());
        await page.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await page.GotoAsync("/js/request.js");
        await page.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        await page.Page.EvaluateAsync(ReadBody);
        return page;
    }
}
