using System.Diagnostics;

namespace Fib.Bench.Web;

/// <summary>Measures the time from the start of a killed service to its first successful response that needs the stores.</summary>
internal static class ColdStart
{
    private const int Starts = 11;

    public static async Task<Figure> MeasureAsync(Target target, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            await target.Service.KillAsync();
            var started = Stopwatch.GetTimestamp();
            await target.Service.StartAsync(cancellationToken);
            while (!await RespondsAsync(target, cancellationToken))
                await Task.Delay(1, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        await target.Service.WaitHealthyAsync(cancellationToken);
        return Figure.OfTimes(times);
    }

    private static async Task<bool> RespondsAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            return await Target.RespondsAsync(new Uri(target.Direct, "values/current"), cancellationToken);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
