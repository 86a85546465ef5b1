using System.Diagnostics;
using System.Text;

namespace Fib.Bench.Web;

/// <summary>Reads the whole history while 100 submissions per second arrive, the same for every target.</summary>
internal static class ReadsDuringSubmissions
{
    private const int Rate = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<Figure> LoadAsync(Target target, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var submitting = SubmitAsync(target, ended.Token);
        var figure = await Workload.LoadAsync(target, "values/all", null, duration, cancellationToken);
        await ended.CancelAsync();
        await submitting;
        return figure;
    }

    private static async Task SubmitAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var timer = new PeriodicTimer(Pause);
        var submissions = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        try
        {
            // Without waiting for the answers, and with the ticks that the timer omits on a busy machine: a slow target would get fewer
            // submissions.
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                while (submissions.Count < Rate * Stopwatch.GetElapsedTime(started).TotalSeconds)
                    submissions.Add(SubmitOneAsync());
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The load has ended.
        }

        await Task.WhenAll(submissions);

        async Task SubmitOneAsync()
        {
            using var body = new StringContent("""{"index":7}""", Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(target.At("values"), body, CancellationToken.None);
            response.EnsureSuccessStatusCode();
        }
    }
}
