using System.Diagnostics;
using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>One HTTP request and its response.</summary>
/// <param name="Status">The status code, or why there was no response.</param>
/// <param name="Body">The response's body; empty if there was no response.</param>
/// <param name="Sent">When the request was sent, as a <see cref="Stopwatch"/> timestamp.</param>
/// <param name="Ended">When the whole response had arrived or the request had failed, as such a timestamp.</param>
internal sealed record HttpExchange(string Status, string Body, long Sent, long Ended)
{
    /// <summary>Sends a request and reads the whole response.</summary>
    public static async Task<HttpExchange> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        var sent = Stopwatch.GetTimestamp();
        var (status, body) = await TrySendAsync(client, request);
        return new HttpExchange(status, body, sent, Stopwatch.GetTimestamp());
    }

    private static async Task<(string Status, string Body)> TrySendAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var response = await client.SendAsync(request);
            return (((int)response.StatusCode).ToString(CultureInfo.InvariantCulture), await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception)
        {
            return (exception.HttpRequestError == HttpRequestError.ConnectionError ? "not connected" : "connection broken", "");
        }
        catch (TaskCanceledException)
        {
            return ("timed out", "");
        }
    }
}
