using System.Net;
using System.Text.Json;

namespace Fib.Tests.Support;

/// <summary>What every refusal below <c>/api</c> must be.</summary>
internal static class Problem
{
    private static readonly string[] Leaks = ["   at ", "Exception", ".cs:line", "StackTrace", "/bin/", "\\bin\\", "/home/", "/root/", "/tmp/", Repository.Root];

    /// <summary>Problem details of this status that give nothing of the inside away.</summary>
    public static async Task<JsonElement> AssertAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)status} expected: {answer} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        AssertNoLeak(text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        foreach (var name in (string[])["type", "title", "traceId"])
            Assert.NotEmpty(problem.GetProperty(name).GetString()!);
        return problem;
    }

    /// <summary>The same, and what was wrong is said.</summary>
    public static async Task<string> AssertDetailAsync(HttpStatusCode status, HttpResponseMessage answer)
    {
        var detail = (await AssertAsync(status, answer)).GetProperty("detail").GetString();
        Assert.NotEmpty(detail!);
        return detail!;
    }

    /// <summary>A store or a service is away: nobody is told that it worked, and everybody is told to come back.</summary>
    public static async Task AssertAwayAsync(HttpResponseMessage answer)
    {
        await AssertDetailAsync(HttpStatusCode.ServiceUnavailable, answer);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, "Retry-After is missing.");
    }

    /// <summary>No stack trace, no type of an exception, no path of a file.</summary>
    public static void AssertNoLeak(string text)
    {
        foreach (var leak in Leaks)
            Assert.DoesNotContain(leak, text, StringComparison.OrdinalIgnoreCase);
    }
}
