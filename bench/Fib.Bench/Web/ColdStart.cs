using System.Diagnostics;

namespace Fib.Bench.Web;

/// <summary>How long a killed service takes from its start until it answers.</summary>
internal static class ColdStart
{
    private const int Starts = 11;

    public static async Task<Figure> MeasureAsync(Target target, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            await target.Service.KillAsync();
            var begun = Stopwatch.GetTimestamp();
            await target.Service.StartAsync(cancellationToken);
            while (!await AnswersAsync(target, cancellationToken))
                await Task.Delay(1, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        await target.Service.WaitHealthyAsync(cancellationToken);
        return Figure.OfTimes(times);
    }

    private static async Task<bool> AnswersAsync(Target target, CancellationToken cancellationToken)
    {
        try
        {
            return await Target.AnswersAsync(target.Direct, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
