using System.Diagnostics;
using System.Globalization;

namespace Fib.Chaos.Load;

/// <summary>One request and its answer.</summary>
/// <param name="Outcome">The status, or why no answer came.</param>
/// <param name="Body">The answer's body; empty where none came.</param>
/// <param name="Sent">When, by <see cref="Stopwatch"/>'s timestamps.</param>
/// <param name="Ended">When the answer was whole, or failed.</param>
internal sealed record Exchange(string Outcome, string Body, long Sent, long Ended)
{
    /// <summary>Sends a request, and reads the answer whole.</summary>
    public static async Task<Exchange> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        var sent = Stopwatch.GetTimestamp();
        var (outcome, body) = await AskAsync(client, request);
        return new Exchange(outcome, body, sent, Stopwatch.GetTimestamp());
    }

    private static async Task<(string Outcome, string Body)> AskAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            return (((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException broken)
        {
            return (broken.HttpRequestError == HttpRequestError.ConnectionError ? "not connected" : "broken off", "");
        }
        catch (TaskCanceledException)
        {
            return ("no answer in time", "");
        }
    }
}
