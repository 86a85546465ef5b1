using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Fib.Bench.Web;

/// <summary>How long after the submission of a new index its term shows in <c>values/current</c>, which is asked again and again as a page of the course does.</summary>
internal static class Visibility
{
    private const int FirstIndex = 100;
    private const int Submissions = 400;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    public static async Task<Figure> MeasureAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var times = new List<double>();
        for (var index = FirstIndex; index < FirstIndex + Submissions; index++)
        {
            await Task.Delay(Rest, cancellationToken);
            times.Add(await MeasureOneAsync(client, target, index, cancellationToken));
        }

        return Figure.OfTimes(times);
    }

    private static async Task<double> MeasureOneAsync(HttpClient client, Target target, int index, CancellationToken cancellationToken)
    {
        using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index}}}"), Encoding.UTF8, "application/json");
        var key = index.ToString(CultureInfo.InvariantCulture);
        var begun = Stopwatch.GetTimestamp();
        using (var answer = await client.PostAsync(target.At("values"), body, cancellationToken))
            answer.EnsureSuccessStatusCode();
        while (!IsComputed(await client.GetByteArrayAsync(target.At("values/current"), cancellationToken), key))
        {
            // Asked again at once, as often as an answer comes.
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static bool IsComputed(byte[] current, string key) =>
        JsonDocument.Parse(current).RootElement.TryGetProperty(key, out var term) && char.IsAsciiDigit(term.GetString()![0]);
}
