namespace StandIns.Tests.Hosting;

/// <summary>Waits for conditions, never longer than a minute.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = Token;
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"Did not happen within a minute: {what}");
            await Task.Delay(Step, CancellationToken.None);
        }
    }
}
