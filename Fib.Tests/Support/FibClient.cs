using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Support;

/// <summary>The requests of the HTTP contract, for tests of other subjects.</summary>
internal static class FibClient
{
    /// <summary>Submits an index and stores it once; retries a 503 with the same idempotency key, as a busy machine requires.</summary>
    public static Task SubmitAsync(this HttpClient gateway, int index)
    {
        var key = Guid.NewGuid().ToString();
        return Eventually.HoldsAsync($"index {index} is accepted", async token =>
        {
            using var response = await gateway.PostJsonAsync($$"""{"index":{{index}}}""", keys: key);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is not null)
                return false;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync(token));
            return true;
        });
    }

    /// <summary>Posts a body unchanged, with these idempotency keys.</summary>
    public static async Task<HttpResponseMessage> PostJsonAsync(
        this HttpClient gateway, string body, string path = "/api/values", params string[] keys)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var key in keys)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await gateway.SendAsync(request);
    }

    /// <summary>Every submitted index, oldest first.</summary>
    public static async Task<int[]> GetAllAsync(this HttpClient gateway) =>
        [.. (await gateway.GetFromJsonAsync<JsonElement>("/api/values/all")).EnumerateArray()
            .Select(item => item.GetProperty("number").GetInt32())];

    /// <summary>Every index with its term.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GetCurrentAsync(
        this HttpClient gateway, CancellationToken cancellationToken = default) =>
        (await gateway.GetFromJsonAsync<Dictionary<string, string>>("/api/values/current", cancellationToken))!;

    /// <summary>The newest submission of an index, as in the pages of submissions.</summary>
    public static async Task<JsonElement> GetNewestAsync(this HttpClient gateway, int index) =>
        (await gateway.GetFromJsonAsync<JsonElement>($"/api/values?limit=1&index={index}"))
            .GetProperty("items").EnumerateArray().Single();

    /// <summary>Waits for the term of an index and returns it in the form of <c>current</c>.</summary>
    public static Task<string> UntilComputedAsync(this HttpClient gateway, int index)
    {
        var key = index.ToString(CultureInfo.InvariantCulture);
        return Eventually.FindAsync(
            $"the term of index {key}",
            async cancellationToken =>
            {
                var current = await gateway.GetCurrentAsync(cancellationToken);
                return current.TryGetValue(key, out var term) && term != "Nothing yet!" ? term : null;
            });
    }

    /// <summary>The digits of a computed term. If Redis has evicted a long one, it is computed again, and this waits for it.</summary>
    public static Task<string> GetDigitsAsync(this HttpClient gateway, int index) =>
        Eventually.FindAsync(string.Create(CultureInfo.InvariantCulture, $"the digits of term {index}"), async token =>
        {
            using var response = await gateway.GetAsync($"/api/values/{index}", token);
            return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync(token) : null;
        });

    /// <summary>Submits an index and waits for its term.</summary>
    public static async Task<string> ComputeAsync(this HttpClient gateway, int index)
    {
        await gateway.SubmitAsync(index);
        return await gateway.UntilComputedAsync(index);
    }
}
