using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Events;

namespace Fib.Bench.Web;

/// <summary>How long after the submission of a new index its term is seen; one index after another, on a system with nothing else to do.</summary>
internal static class Visibility
{
    private const int FirstIndex = 100;
    private const int Submissions = 400;

    /// <summary>By whoever asks <c>values/current</c> again and again, as a page of the course does.</summary>
    public static async Task<Figure> AskAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        return await MeasureAsync(target, client, async index =>
        {
            while (!IsComputed(await client.GetByteArrayAsync(target.At("values/current"), cancellationToken), index))
            {
                // Asked again at once, as often as an answer comes.
            }
        }, cancellationToken);
    }

    /// <summary>By an open page, which the system tells; one that tells nobody is asked.</summary>
    public static async Task<Figure> HearAsync(Target target, CancellationToken cancellationToken)
    {
        if (!target.TellsPages)
            return await AskAsync(target, cancellationToken);

        using var client = new HttpClient();
        using var stream = await EventStream.OpenAsync(client, path: target.At("values/events").ToString(), cancellationToken: cancellationToken);
        return await MeasureAsync(target, client, index => stream.ReadUntilAsync("computed", index, cancellationToken), cancellationToken);
    }

    private static async Task<Figure> MeasureAsync(Target target, HttpClient client, Func<int, Task> untilSeenAsync, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var index = FirstIndex; index < FirstIndex + Submissions; index++)
        {
            using var body = new StringContent(string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index}}}"), Encoding.UTF8, "application/json");
            var begun = Stopwatch.GetTimestamp();
            using (var answer = await client.PostAsync(target.At("values"), body, cancellationToken))
                answer.EnsureSuccessStatusCode();
            await untilSeenAsync(index);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return Figure.OfTimes(times);
    }

    private static bool IsComputed(byte[] current, int index) =>
        JsonDocument.Parse(current).RootElement.TryGetProperty(index.ToString(CultureInfo.InvariantCulture), out var term) && char.IsAsciiDigit(term.GetString()![0]);
}
