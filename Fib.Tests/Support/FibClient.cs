using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Events;
using Fib.LocalSystem.Processes;

namespace Fib.Tests.Support;

/// <summary>
/// The requests of the HTTP contract, for tests of other subjects. Those that must succeed repeat a 503, as a busy machine requires.
/// </summary>
internal static class FibClient
{
    /// <summary>The path of submissions at the gateway; that of the api is <c>/values</c>.</summary>
    private const string Values = "/api/values";

    /// <summary>Submits an index and stores it once: every attempt has the same idempotency key.</summary>
    public static Task SubmitAsync(this HttpClient gateway, int index) => gateway.SubmitAsync(index, Values);

    /// <summary>Submits an index to this path and stores it once.</summary>
    public static Task SubmitAsync(this HttpClient client, int index, string path)
    {
        var key = Guid.NewGuid().ToString();
        return Eventually.HoldsAsync($"index {index} is accepted", async token =>
        {
            using var response = await client.PostJsonAsync($$"""{"index":{{index}}}""", path, key);
            if (IsBusy(response))
                return false;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("""{"working":true}""", await response.Content.ReadAsStringAsync(token));
            return true;
        });
    }

    /// <summary>Posts a body unchanged, with these idempotency keys.</summary>
    public static async Task<HttpResponseMessage> PostJsonAsync(
        this HttpClient client, string body, string path = Values, params string[] keys)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var key in keys)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    /// <summary>Every submitted index, oldest first.</summary>
    public static async Task<int[]> GetAllAsync(this HttpClient gateway) =>
        [.. (await gateway.ReadAsync<JsonElement>("/api/values/all")).EnumerateArray()
            .Select(item => item.GetProperty("number").GetInt32())];

    /// <summary>Every index with its term.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> GetCurrentAsync(
        this HttpClient gateway, CancellationToken cancellationToken = default) =>
        await gateway.ReadAsync<Dictionary<string, string>>("/api/values/current", cancellationToken);

    /// <summary>The newest submission of an index, as in the pages of submissions.</summary>
    public static async Task<JsonElement> GetNewestAsync(this HttpClient gateway, int index) =>
        (await gateway.ReadAsync<JsonElement>($"/api/values?limit=1&index={index}"))
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

    /// <summary>The body of a 200 response.</summary>
    public static Task<string> ReadTextAsync(this HttpClient gateway, string path, CancellationToken cancellationToken = default) =>
        Eventually.FindAsync($"a response of {path}", async token =>
        {
            using var response = await gateway.GetAsync(path, token);
            if (IsBusy(response))
                return null;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsStringAsync(token);
        }, cancellationToken: cancellationToken);

    private static async Task<T> ReadAsync<T>(this HttpClient gateway, string path, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize<T>(await gateway.ReadTextAsync(path, cancellationToken))!;

    private static bool IsBusy(HttpResponseMessage response) => BackPressureHandler.FindDelay(response) is not null;
}
