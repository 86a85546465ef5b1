using System.Net;
using System.Text.Json;

namespace Fib.Tests.Support;

/// <summary>Asserts that an error below <c>/api</c> has the form of the HTTP contract.</summary>
internal static class Problem
{
    private static readonly string[] Leaks =
        ["   at ", "Exception", ".cs:line", "StackTrace", "/bin/", "\\bin\\", "/home/", "/root/", "/tmp/", Repository.Root];

    /// <summary>Asserts problem details of this status without internal details.</summary>
    public static async Task<JsonElement> AssertAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)status} expected: {response} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        AssertNoLeak(text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        foreach (var name in (string[])["type", "title", "traceId"])
            Assert.NotEmpty(problem.GetProperty(name).GetString()!);
        return problem;
    }

    /// <summary>Asserts problem details of this status with a reason, and returns the reason.</summary>
    public static async Task<string> AssertDetailAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        var detail = (await AssertAsync(status, response)).GetProperty("detail").GetString();
        Assert.NotEmpty(detail!);
        return detail!;
    }

    /// <summary>
    /// Asserts the response while a store or a service is unavailable, 503 with <c>Retry-After</c>, and returns the reason.
    /// </summary>
    public static async Task<string> AssertUnavailableAsync(HttpResponseMessage response)
    {
        var detail = await AssertDetailAsync(HttpStatusCode.ServiceUnavailable, response);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero, "Retry-After is missing.");
        return detail;
    }

    /// <summary>Asserts that the text has no stack trace, no exception type and no file path.</summary>
    public static void AssertNoLeak(string text)
    {
        foreach (var leak in Leaks)
            Assert.DoesNotContain(leak, text, StringComparison.OrdinalIgnoreCase);
    }
}
