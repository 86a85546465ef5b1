using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Support;

/// <summary>The contract's requests, for tests that are about something else.</summary>
internal static class FibClient
{
    /// <summary>Submits an index that must be accepted, and is stored once; a busy machine may have to be asked again.</summary>
    public static Task SubmitAsync(this HttpClient gateway, int index)
    {
        var key = Guid.NewGuid().ToString();
        return Eventually.HoldsAsync($"index {index} is accepted", async token =>
        {
            using var answer = await gateway.PostJsonAsync($$"""{"index":{{index}}}""", keys: key);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null)
                return false;
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("""{"working":true}""", await answer.Content.ReadAsStringAsync(token));
            return true;
        });
    }

    /// <summary>Posts a body as it is, with these idempotency keys.</summary>
    public static async Task<HttpResponseMessage> PostJsonAsync(this HttpClient gateway, string body, string path = "/api/values", params string[] keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var key in keys)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await gateway.SendAsync(request);
    }

    /// <summary>Every submitted index, oldest first.</summary>
    public static async Task<int[]> GetAllAsync(this HttpClient gateway) =>
        [.. (await gateway.GetFromJsonAsync<JsonElement>("/api/values/all")).EnumerateArray().Select(item => item.GetProperty("number").GetInt32())];

    /// <summary>Every index with its term.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GetCurrentAsync(this HttpClient gateway, CancellationToken cancellationToken = default) =>
        (await gateway.GetFromJsonAsync<Dictionary<string, string>>("/api/values/current", cancellationToken))!;

    /// <summary>The newest submission of an index, as the page of submissions shows it.</summary>
    public static async Task<JsonElement> GetNewestAsync(this HttpClient gateway, int index) =>
        (await gateway.GetFromJsonAsync<JsonElement>($"/api/values?limit=1&index={index}")).GetProperty("items").EnumerateArray().Single();

    /// <summary>Waits for the term of an index and gives it as <c>current</c> shows it.</summary>
    public static Task<string> UntilComputedAsync(this HttpClient gateway, int index)
    {
        var key = index.ToString(CultureInfo.InvariantCulture);
        return Eventually.FindAsync(
            $"the term of index {key}",
            async cancellationToken => (await gateway.GetCurrentAsync(cancellationToken)).TryGetValue(key, out var term) && term != "Nothing yet!" ? term : null);
    }

    /// <summary>Submits an index and waits for its term.</summary>
    public static async Task<string> ComputeAsync(this HttpClient gateway, int index)
    {
        await gateway.SubmitAsync(index);
        return await gateway.UntilComputedAsync(index);
    }
}
