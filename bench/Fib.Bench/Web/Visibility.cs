using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fib.LocalSystem.Events;

namespace Fib.Bench.Web;

/// <summary>
/// Measures the time from the submission of a new index until its term is visible; one index after another, on an idle system.
/// </summary>
internal static class Visibility
{
    private const int FirstIndex = 100;
    private const int Submissions = 400;

    /// <summary>Until <c>values/current</c>, polled without a pause, has the term, as a page of the course does.</summary>
    public static async Task<Figure> MeasurePollingAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        return await MeasureAsync(target, client, async index =>
        {
            while (!IsComputed(await client.GetByteArrayAsync(target.At("values/current"), cancellationToken), index))
            {
                // Polls without a pause.
            }
        }, _ => Task.CompletedTask, cancellationToken);
    }

    /// <summary>Until the event stream of an open page delivers the term; by polling if the target has no event stream.</summary>
    public static async Task<Figure> MeasureEventsAsync(Target target, CancellationToken cancellationToken)
    {
        if (!target.HasEventStream)
            return await MeasurePollingAsync(target, cancellationToken);

        using var client = new HttpClient();
        var path = target.At("values/events").ToString();
        using var stream = await EventStream.OpenAsync(client, path: path, cancellationToken: cancellationToken);
        var isRecorded = false;
        return await MeasureAsync(
            target, client, ReadTermAsync,
            index => isRecorded ? Task.CompletedTask : stream.ReadUntilAsync("computed", index, cancellationToken), cancellationToken);

        // The page shows a term at the event "preview", or at "computed" if there is no preview.
        async Task ReadTermAsync(int index)
        {
            var events = await stream.ReadUntilAsync(
                received => received.Index == index && received.Type is "preview" or "computed", cancellationToken);
            isRecorded = events[^1].Type == "computed";
        }
    }

    /// <summary>The time until the system is idle again, the second wait, does not count.</summary>
    private static async Task<Figure> MeasureAsync(
        Target target, HttpClient client, Func<int, Task> waitVisibleAsync, Func<int, Task> waitIdleAsync,
        CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var index = FirstIndex; index < FirstIndex + Submissions; index++)
        {
            var json = string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{index}}}");
            using var body = new StringContent(json, Encoding.UTF8, "application/json");
            var started = Stopwatch.GetTimestamp();
            using (var response = await client.PostAsync(target.At("values"), body, cancellationToken))
                response.EnsureSuccessStatusCode();
            await waitVisibleAsync(index);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await waitIdleAsync(index);
        }

        return Figure.OfTimes(times);
    }

    private static bool IsComputed(byte[] current, int index) =>
        JsonDocument.Parse(current).RootElement.TryGetProperty(index.ToString(CultureInfo.InvariantCulture), out var term)
        && char.IsAsciiDigit(term.GetString()![0]);
}
