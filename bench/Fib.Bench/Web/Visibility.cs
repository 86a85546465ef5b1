using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

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
        await using var stream = await client.GetStreamAsync(target.At("values/events"), cancellationToken);
        await using var events = SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        return await MeasureAsync(target, client, async index =>
        {
            do
            {
                // What comes before is of another index, or another stage of this one.
                if (!await events.MoveNextAsync())
                    throw new IOException($"{target.Name} ended the stream of events before the term of {index} came.");
            }
            while (events.Current.EventType != "computed" || ReadIndex(events.Current.Data) != index);
        }, cancellationToken);
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

    private static int ReadIndex(string data) => JsonDocument.Parse(data).RootElement.GetProperty("index").GetInt32();
}
